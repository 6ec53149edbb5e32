package org.tim4j.cli.table;

/** What the label column of a table holds. */
public enum OutputKind {
  /** One of a few classes. */
  CLASSES,
  /** A number. */
  NUMBERS
}
