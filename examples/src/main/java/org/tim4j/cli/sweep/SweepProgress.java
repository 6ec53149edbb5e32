package org.tim4j.cli.sweep;

import java.io.PrintWriter;
import java.util.Locale;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;

/** A line for every candidate that has ended. */
public final class SweepProgress extends BaseStatusListener {
  private final PrintWriter out;
  private final String what;
  private int ended;

  /**
   * @param what is searched
   */
  public SweepProgress(PrintWriter out, String what) {
    this.out = out;
    this.what = what;
  }

  @Override
  public synchronized void onCandidateStatusChange(
      CandidateInfo info, IOptimizationRunner runner, OptimizationResult result) {
    if (info.getCandidateStatus() != CandidateStatus.Complete
        && info.getCandidateStatus() != CandidateStatus.Failed) {
      return;
    }
    ended++;
    out.printf(
        Locale.ROOT,
        "%s: %d ended, number %d with %s%n",
        what,
        ended,
        info.getIndex(),
        info.getScore() == null
            ? "no score: " + info.getExceptionStackTrace()
            : String.format(Locale.ROOT, "score %.4f", info.getScore()));
    out.flush();
  }
}
