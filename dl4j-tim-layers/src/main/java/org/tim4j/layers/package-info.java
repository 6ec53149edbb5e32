/** Transition Model networks for Deeplearning4j: the network, its configuration and presets. */
package org.tim4j.layers;
