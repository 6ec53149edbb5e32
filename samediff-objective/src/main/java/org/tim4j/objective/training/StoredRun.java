package org.tim4j.objective.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.tim4j.objective.image.ImageDescription;

/**
 * What a checkpoint holds beside arrays, as it is written.
 *
 * @param training the settings, see {@link TrainingJson}
 * @param step steps made
 * @param updates updates of the optimiser
 * @param images what the examples are, or null if they are no images or of an earlier version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredRun(JsonNode training, long step, long updates, ImageDescription images) {}
