/**
 * A page and an endpoint that sample a trained model, for the machine it runs on.
 *
 * <pre>
 *   GET /              the page
 *   GET /model.json    classes, size, training steps
 *   GET /grid.png      a row for each NFE, a column for each class, of the same noise
 *   GET /samples.json  the same, each image as a PNG in Base64
 * </pre>
 */
package org.tim4j.cli.serve;
