/**
 * The formulas of the method as SameDiff operations, each written once.
 *
 * <p>They avoid the operations whose gradients are wrong in 1.0.0-M2.1: matrix products of rank 3
 * by rank 2 (rows are flattened first), {@code gather} from a variable (one-hot product instead) or
 * by a constant permutation (constant matrix instead), {@code variance} (mean of squares instead).
 */
package org.tim4j.layers.definition;
