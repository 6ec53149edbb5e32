/**
 * The cases that compare transports, losses, training and sampling with reference values of the
 * method's authors, and the outcome of all cases over a folder.
 */
package org.tim4j.objective.reference;
