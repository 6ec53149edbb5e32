/** Reading of JSON in which nothing is changed in silence. */
package org.tim4j.layers.json;
