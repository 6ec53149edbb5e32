/** Arrays that hold one sample for each index of the first axis: checks, copies, arithmetic. */
package org.tim4j.objective.array;
