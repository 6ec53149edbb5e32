/** The objective of Transition Models: what is trained, on which batch, and how it is sampled. */
package org.tim4j.objective;
