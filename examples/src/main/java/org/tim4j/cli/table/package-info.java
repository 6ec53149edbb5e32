/** Tables in CSV files: reading, generating and judging them with Tribuo. */
package org.tim4j.cli.table;
