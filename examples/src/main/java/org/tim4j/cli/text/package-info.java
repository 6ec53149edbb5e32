/** Text for terminals of any width. */
package org.tim4j.cli.text;
