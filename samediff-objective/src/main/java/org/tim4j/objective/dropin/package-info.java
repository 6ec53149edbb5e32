/**
 * Training by Deeplearning4j's own {@code fit}: a preprocessor that turns examples into
 * transitions, and a loss that reads them.
 *
 * <p>The predictions that the time derivative needs are stacked below those that are trained, so
 * that everything random and everything about time lies in the data. Whatever calls {@code fit}
 * therefore trains transitions: listeners, early stopping, data-parallel training, searches.
 */
package org.tim4j.objective.dropin;
