/** One page that compares generated rows with real ones. */
package org.tim4j.cli.report;
