/** Trained models of images, opened to be sampled. */
package org.tim4j.objective.model;
