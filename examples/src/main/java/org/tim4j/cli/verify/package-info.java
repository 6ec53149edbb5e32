/** Comparison of the product's own classes with the reference values of the method's authors. */
package org.tim4j.cli.verify;
