/** How good generated pictures are, by number of function evaluations. */
package org.tim4j.cli.evaluate;
