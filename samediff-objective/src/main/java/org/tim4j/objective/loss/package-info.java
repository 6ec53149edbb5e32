/** Training targets, and the losses between them and a prediction, with exact gradients. */
package org.tim4j.objective.loss;
