/** Outputs as conditions of a generator, and the distribution of the training outputs. */
package org.tim4j.tribuo.condition;
