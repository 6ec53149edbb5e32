/** How good generated images are, by number of function evaluations. */
package org.tim4j.cli.evaluate;
