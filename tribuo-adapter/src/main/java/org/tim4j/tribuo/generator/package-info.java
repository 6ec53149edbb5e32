/** Trained generators of vectors under a condition: the transition model behind the adapter. */
package org.tim4j.tribuo.generator;
