/** Images with their classes, and what a model of images has to know of them. */
package org.tim4j.objective.image;
