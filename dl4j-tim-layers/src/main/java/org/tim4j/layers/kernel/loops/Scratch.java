package org.tim4j.layers.kernel.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.layers.kernel.memory.Padding;

/** What the loops of one thread need beside their arguments: rows and an exponential. */
public final class Scratch {
  private final Exponential exponential = new Exponential();
  private final List<float[]> rows = new ArrayList<>();
  private int rowsTaken;

  /** The exponential of this thread. */
  public Exponential exponential() {
    return exponential;
  }

  /** A row of at least {@code length} floats, padded, with unspecified contents. */
  public float[] row(int length) {
    if (rowsTaken == rows.size()) {
      rows.add(new float[Padding.padded(length)]);
    } else if (rows.get(rowsTaken).length < Padding.padded(length)) {
      rows.set(rowsTaken, new float[Padding.padded(length)]);
    }
    return rows.get(rowsTaken++);
  }

  /** Like {@link #row}, with the first {@code length} floats zero. */
  public float[] zeroRow(int length) {
    float[] row = row(length);
    Arrays.fill(row, 0, length, 0f);
    return row;
  }

  /** Number of rows taken so far, to be given to {@link #releaseRows} later. */
  public int markRows() {
    return rowsTaken;
  }

  /** Gives back the rows taken since the mark. */
  public void releaseRows(int mark) {
    rowsTaken = mark;
  }
}
