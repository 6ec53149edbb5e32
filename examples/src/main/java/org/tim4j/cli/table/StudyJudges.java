package org.tim4j.cli.table;

import org.tim4j.tribuo.table.LabelledTable;

/** The judges that need labels of one kind. */
interface StudyJudges {
  /** Adds the figures that learners reach that are trained on real rows. */
  void ofReal(Figures figures);

  /** Adds those of learners that are trained on generated rows. */
  void ofSynthetic(LabelledTable synthetic, String row, Figures figures);

  /** Trains whatever else is judged. */
  StudyRows train(long seed);

  /** Something trained. */
  interface StudyRows extends AutoCloseable {
    /** Adds its figures. */
    void judge(int evaluations, String row, Figures figures);

    @Override
    void close();
  }
}
