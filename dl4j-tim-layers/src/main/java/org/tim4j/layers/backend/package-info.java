/** What ND4J computes on, and a check that says in words why it cannot. */
package org.tim4j.layers.backend;
