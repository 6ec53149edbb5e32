package org.tim4j.tribuo.table;

/** What the label columns of a table hold. */
public enum OutputKind {
  /** One of a few classes. */
  CLASSES,
  /** Numbers. */
  NUMBERS
}
