package org.tim4j.objective.spark;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.dropin.BatchReader;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;

/** Makes the steps of {@link WorkerRun} where Deeplearning4j's worker would call {@code fit}. */
final class TransitionTrainingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  private final Broadcast<NetBroadcastTuple> broadcast;
  private final String network;
  private final String training;
  private final int workers;
  private final long firstStep;
  private transient WorkerRun run;

  TransitionTrainingWorker(
      Broadcast<NetBroadcastTuple> broadcast,
      WorkerConfiguration work,
      TimNetworkConfig network,
      TrainingConfig training,
      int workers,
      long firstStep) {
    super(broadcast, true, work, List.of(), null, null);
    this.broadcast = broadcast;
    this.network = network.toJson();
    this.training = new TrainingJson().write(training).toString();
    this.workers = workers;
    this.firstStep = firstStep;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    NetBroadcastTuple sent = broadcast.getValue();
    run =
        new WorkerRun(
            TimNetworkConfig.fromJson(network),
            new TrainingJson().read(training),
            new WorkerShare(TaskContext.getPartitionId(), workers, firstStep),
            sent.getParameters(),
            sent.getUpdaterState());
    return run.network().graph();
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet batch, ComputationGraph graph, boolean isLast) {
    run.step(BatchReader.read(batch, run.network().config()));
    return isLast ? getFinalResult(graph) : null;
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph graph) {
    return new WorkerResult(run.outcome());
  }
}
