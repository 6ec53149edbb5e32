/**
 * What everything above stands on: the errors that are reported on purpose and the choice of a
 * runtime.
 */
package org.tim4j.layers.base;
