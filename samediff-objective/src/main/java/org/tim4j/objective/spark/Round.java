package org.tim4j.objective.spark;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.training.StepReport;

/**
 * What the workers did between two averagings.
 *
 * @param reports one for each step, figures averaged over the workers
 * @param workerSeconds time that the slowest worker computed
 */
record Round(List<StepReport> reports, double workerSeconds) {
  static Round of(List<WorkerOutcome> results) {
    int steps = results.stream().mapToInt(result -> result.reports().size()).max().orElseThrow();
    return new Round(
        IntStream.range(0, steps).mapToObj(i -> mean(results, i)).toList(),
        results.stream().mapToDouble(WorkerOutcome::seconds).max().orElseThrow());
  }

  private static StepReport mean(List<WorkerOutcome> results, int index) {
    List<StepReport> all =
        results.stream()
            .map(WorkerOutcome::reports)
            .filter(reports -> index < reports.size())
            .map(reports -> reports.get(index))
            .toList();
    StepReport first = all.get(0);
    return new StepReport(
        first.step(),
        first.examplesSeen(),
        mean(all, StepReport::loss),
        mean(all, StepReport::residual),
        mean(all, StepReport::alignment),
        mean(all, StepReport::gradientNorm),
        mean(all, StepReport::seconds));
  }

  private static double mean(List<StepReport> reports, ToDoubleFunction<StepReport> figure) {
    return reports.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Returns a new array. */
  static INDArray mean(List<WorkerOutcome> results, Function<WorkerOutcome, INDArray> part) {
    INDArray sum = part.apply(results.get(0)).dup();
    results.stream().skip(1).forEach(result -> sum.addi(part.apply(result)));
    return sum.divi(results.size());
  }

  int steps() {
    return reports.size();
  }

  double lastLoss() {
    return reports.get(reports.size() - 1).loss();
  }
}
