package org.tim4j.examples.table;

/** What the label column of a table holds. */
public enum OutputKind {
  /** One of a few classes. */
  CLASSES,
  /** A number. */
  NUMBERS
}
