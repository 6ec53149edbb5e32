/** How fast the network trains and samples, next to what the machine can do. */
package org.tim4j.cli.bench;
