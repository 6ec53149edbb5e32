/** Distributions whose flow map is known in closed form, to test everything else against. */
package org.tim4j.objective.oracle;
