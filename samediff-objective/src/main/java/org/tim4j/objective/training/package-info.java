/** Training of transition networks: the step, the optimiser, averages of weights, checkpoints. */
package org.tim4j.objective.training;
