package org.tim4j.arbiter.candidate;

import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.training.TrainingConfig;

/**
 * The model that a candidate's training gave.
 *
 * @param network the moving average of the trained parameters
 * @param training the settings that it was trained with
 * @param steps training steps made
 */
public record TrainedCandidate(TimNetwork network, TrainingConfig training, long steps) {}
