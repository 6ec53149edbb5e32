/** The command line {@code tim}, one class a command; options that commands share are mixins. */
package org.tim4j.cli;
