package org.tim4j.objective.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;

/**
 * A whole training run on Spark, with data that the driver has: the counterpart of {@link
 * org.tim4j.objective.training.TransitionTrainer}, with the same data in the same order, the same
 * listeners and the same checkpoints. A run may be begun on one machine and finished on a cluster.
 *
 * <p>Listeners are told of the steps of a round after its end; the figures are means over the
 * workers, the seconds those of the round divided by its steps.
 */
public final class SparkTransitionTrainer implements TrainingProgress {
  private final TransitionTrainingMaster master;
  private final JavaSparkContext context;
  private final TrainingData data;
  private final List<TrainingListener> listeners;
  private double workerSeconds;
  private double seconds;

  /**
   * Where the time of a run went.
   *
   * @param workerSeconds sum over the rounds of the time that the slowest worker computed
   * @param otherSeconds the rest: scheduling, sending parameters out and back, averaging
   */
  public record Cost(double workerSeconds, double otherSeconds) {}

  /**
   * @param context must have at least as many cores as there are workers for them to run at once
   * @param master holds network, settings and state
   * @param data where batches come from
   * @param listeners told of progress, in order, on the driver
   */
  public SparkTransitionTrainer(
      JavaSparkContext context,
      TransitionTrainingMaster master,
      TrainingData data,
      List<TrainingListener> listeners) {
    this.context = Require.present("context", context);
    this.master = Require.present("master", master);
    this.data = Require.present("data", data);
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Makes the steps that are left.
   *
   * @throws org.tim4j.objective.training.DivergenceException if a number on a worker is not finite;
   *     the driver's parameters are those of the last averaging
   */
  public void train() {
    SparkComputationGraph graph = master.graph(context);
    listeners.forEach(listener -> listener.trainingStarted(this));
    while (master.stepsMade() < master.config().steps()) {
      long begin = System.nanoTime();
      Round round = master.round(graph, nextBatches());
      double took = (System.nanoTime() - begin) * 1e-9;
      workerSeconds += round.workerSeconds();
      seconds += took;
      for (StepReport report : round.reports()) {
        StepReport timed = report.withSeconds(took / round.steps());
        listeners.forEach(listener -> listener.stepDone(this, timed));
      }
    }
    listeners.forEach(listener -> listener.trainingEnded(this));
  }

  @Override
  public TrainingConfig config() {
    return master.config();
  }

  @Override
  public TimNetwork network() {
    return master.network();
  }

  @Override
  public TrainerState state() {
    return master.state();
  }

  @Override
  public long stepsMade() {
    return master.stepsMade();
  }

  @Override
  public Optional<ImageDescription> images() {
    return data.images();
  }

  /** Where the time of the rounds made so far went. */
  public Cost cost() {
    return new Cost(workerSeconds, seconds - workerSeconds);
  }

  /** The batches of the next round, one partition a worker. */
  private JavaRDD<MultiDataSet> nextBatches() {
    Averaging averaging = master.averaging();
    long first = master.stepsMade();
    long steps = Math.min(averaging.frequency(), master.config().steps() - first);
    int share = averaging.batchOfWorker(master.config().batchSize());
    List<Examples> whole = new ArrayList<>();
    for (long step = first; step < first + steps; step++) {
      whole.add(data.batch(master.config().seed(), step, master.config().batchSize()));
    }
    List<MultiDataSet> batches = new ArrayList<>();
    for (int worker = 0; worker < averaging.workers(); worker++) {
      for (Examples examples : whole) {
        batches.add(part(examples, worker * share, (worker + 1) * share));
      }
    }
    return context.parallelize(batches, averaging.workers());
  }

  private static MultiDataSet part(Examples examples, int from, int to) {
    INDArray x = rows(examples.x(), from, to);
    INDArray[] features =
        examples.condition() == null
            ? new INDArray[] {x}
            : new INDArray[] {x, rows(examples.condition(), from, to)};
    return new org.nd4j.linalg.dataset.MultiDataSet(features, null);
  }

  private static INDArray rows(INDArray all, int from, int to) {
    return all.get(NDArrayIndex.interval(from, to)).dup('c');
  }
}
