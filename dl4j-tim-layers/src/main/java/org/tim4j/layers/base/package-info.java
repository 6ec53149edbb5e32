/**
 * What everything above stands on: the errors that are reported on purpose, the choice of a
 * runtime, and the names and numbers that records, kernels and files share.
 */
package org.tim4j.layers.base;
