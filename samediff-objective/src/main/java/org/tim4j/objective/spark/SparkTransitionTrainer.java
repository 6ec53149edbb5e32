package org.tim4j.objective.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.tim4j.objective.training.TrainingLoop;
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
  private final AtomicBoolean stopping = new AtomicBoolean();
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
   * Makes the steps that are left, or those of the rounds until {@link #stop} is called or the
   * thread is interrupted.
   *
   * @throws org.tim4j.objective.training.DivergenceException if a number on a worker is not finite;
   *     the driver's parameters are those of the last averaging
   */
  public void train() {
    SparkComputationGraph graph = master.graph(context);
    TrainingLoop.run(listeners, this, stopping, () -> round(graph));
  }

  /**
   * Makes {@link #train} end after the round in progress, or at once if it is called later. Any
   * thread may call it.
   */
  public void stop() {
    stopping.set(true);
  }

  private List<StepReport> round(SparkComputationGraph graph) {
    long begin = System.nanoTime();
    Round round = master.round(graph, nextBatches());
    double took = (System.nanoTime() - begin) * 1e-9;
    workerSeconds += round.workerSeconds();
    seconds += took;
    return round.reports().stream()
        .map(report -> report.withSeconds(took / round.steps()))
        .toList();
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
    List<INDArray> features = new ArrayList<>(List.of(x));
    if (examples.condition() != null) {
      features.add(rows(examples.condition(), from, to));
    }
    if (examples.nullCondition() != null) {
      features.add(examples.nullCondition());
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(features.toArray(INDArray[]::new), null);
  }

  private static INDArray rows(INDArray all, int from, int to) {
    return all.get(NDArrayIndex.interval(from, to)).dup('c');
  }
}
