package org.tim4j.tribuo.config;

/**
 * How large a network and how long a training a table asks for, where the settings leave it open.
 *
 * @param codeWidth numbers of the code of a row, at least 1
 * @param rows training rows, at least 1
 */
record TableSize(int codeWidth, int rows) {
  private static final int SMALLEST_HIDDEN = 64;
  private static final int LARGEST_HIDDEN = 256;
  private static final int HIDDEN_A_NUMBER = 3;
  private static final int SMALL_TABLE = 150;
  private static final int STEPS_OF_A_SMALL_TABLE = 500;
  private static final int MOST_STEPS = 10_000;
  private static final int ROWS_OF_LARGE_BATCHES = 1000;

  /**
   * Three times the code's width between 64 and 256, rounded up to what the heads divide: a network
   * narrower than the code loses what columns have to do with each other.
   */
  int hidden(int heads) {
    int unit = 4 * heads;
    int hidden =
        (int)
            Math.min(LARGEST_HIDDEN, Math.max(SMALLEST_HIDDEN, (long) HIDDEN_A_NUMBER * codeWidth));
    return (hidden + unit - 1) / unit * unit;
  }

  /** 500 for 150 rows or fewer, then growing as the square root of the rows, to 10,000. */
  int steps() {
    return (int) Math.min(MOST_STEPS, Math.round(STEPS_OF_A_SMALL_TABLE * growth()));
  }

  /** 128 rows, 256 of a table of more than 1,000. */
  int batchSize() {
    return rows > ROWS_OF_LARGE_BATCHES ? 256 : 128;
  }

  private double growth() {
    return Math.sqrt(Math.max(1.0, (double) rows / SMALL_TABLE));
  }
}
