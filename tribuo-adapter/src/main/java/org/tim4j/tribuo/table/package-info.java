/**
 * Tables in CSV files: their dialect, the types of their columns, and the way to examples and back.
 */
package org.tim4j.tribuo.table;
