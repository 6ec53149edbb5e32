/** Random numbers as pure functions of (seed, step, purpose). */
package org.tim4j.layers.random;
