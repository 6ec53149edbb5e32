package org.tim4j.objective.spark;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.training.StepReport;

/**
 * What a worker sends to the driver.
 *
 * @param parameters flat parameters after its steps
 * @param moments first and second moment of AdamW, one row each
 * @param reports one for each step, at least one
 * @param seconds wall-clock time from the making of the network to the end of the last step
 */
record WorkerOutcome(
    INDArray parameters, INDArray moments, List<StepReport> reports, double seconds)
    implements Serializable {
  double lastLoss() {
    return reports.get(reports.size() - 1).loss();
  }
}
