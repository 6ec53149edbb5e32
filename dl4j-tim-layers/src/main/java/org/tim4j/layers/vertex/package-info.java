/**
 * What turns a definition written in SameDiff into a vertex or a layer of Deeplearning4j.
 *
 * <p>A {@link org.tim4j.layers.vertex.VertexDefinition} states parameters, shapes and mathematics.
 * {@link org.tim4j.layers.vertex.TimVertex} is the configuration that a graph holds, {@link
 * org.tim4j.layers.vertex.VertexLayer} the one that a multi-layer network holds. Both run a {@link
 * org.tim4j.layers.vertex.VertexRunner}, which {@link org.tim4j.layers.base.TimRuntime} picks.
 */
package org.tim4j.layers.vertex;
