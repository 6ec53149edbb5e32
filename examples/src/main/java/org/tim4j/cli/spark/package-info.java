/** Training of the command line on Spark; loaded only when it is asked for. */
package org.tim4j.cli.spark;
