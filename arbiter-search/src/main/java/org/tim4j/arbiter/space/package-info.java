/**
 * What a sweep searches: Arbiter parameter spaces over everything that shapes a transition.
 *
 * <p>Every builder takes a setting either as a value or as a {@code ParameterSpace}, as Arbiter's
 * own do. A leaf that several settings share counts once, except after a round trip through JSON or
 * YAML, where Arbiter makes a leaf of its own for each setting.
 */
package org.tim4j.arbiter.space;
