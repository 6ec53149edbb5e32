package org.tim4j.objective.spark;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.base.TimException;
import org.tim4j.objective.training.OptimizerState;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;
import org.tim4j.objective.training.TrainingProgress;

/**
 * Deeplearning4j's parameter averaging for the transition objective.
 *
 * <pre>{@code
 * TransitionTrainingMaster master = new TransitionTrainingMaster(network, config, new Averaging(2, 10));
 * SparkComputationGraph spark = master.graph(sparkContext);
 * spark.fitMultiDataSet(examples); // one MultiDataSet an example: picture and condition
 * TimNetwork average = master.averageNetwork();
 * }</pre>
 *
 * <p>In a round every worker starts from the driver's parameters and moments of AdamW, makes some
 * steps of {@link org.tim4j.objective.training.TransitionTrainer} on its share of the batches, and
 * sends both back; the driver takes the mean in the order of the partitions and moves the moving
 * average as far as the steps of the round would have. The batch of the configuration is that of
 * all workers together. Draws are keyed by (seed, partition, step), and the order of the data does
 * not depend on how a shuffle went: what is lost is computed again to the bit.
 *
 * <p>The driver holds one result of every worker at a time, each three times as large as the
 * network. One thread at a time.
 */
public final class TransitionTrainingMaster extends ParameterAveragingTrainingMaster
    implements TrainingProgress {
  private final transient TimNetwork network;
  private final transient TrainingConfig config;
  private final transient Averaging averaging;
  private transient TrainerState state;
  private transient Round lastRound;

  /**
   * Prepares training from the start.
   *
   * @param network changed in place by training
   * @param config every type in it must have a name, see {@link TrainingJson}
   */
  public TransitionTrainingMaster(TimNetwork network, TrainingConfig config, Averaging averaging) {
    this(network, config, averaging, TrainerState.initial(network));
  }

  /**
   * Prepares training to go on.
   *
   * @param network holds the parameters that belong to {@code state}
   * @param state as returned by {@link #state}, or read from a checkpoint; its arrays become this
   *     master's own
   * @throws InvalidInputException if the batch cannot be shared out evenly, if the network has an
   *     alignment head, or if the state belongs to a network of another size
   */
  public TransitionTrainingMaster(
      TimNetwork network, TrainingConfig config, Averaging averaging, TrainerState state) {
    super(
        new Builder(averaging.workers(), 1)
            .batchSizePerWorker(averaging.batchOfWorker(config.batchSize()))
            .averagingFrequency(averaging.frequency())
            .repartionData(Repartition.Never) // This class shares out the data itself.
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .rngSeed(config.seed()));
    if (network.config().representation() != null) {
      throw new InvalidInputException(
          "networks with an alignment head are not trained on Spark; use TransitionTrainer");
    }
    if (state.average().length() != network.parameterCount()) {
      throw new InvalidInputException(
          "the saved state holds "
              + state.average().length()
              + " parameters and the network "
              + network.parameterCount()
              + "; give the state that was saved with this network");
    }
    new TrainingJson().requireReadable(config); // Workers read it again.
    this.config = config;
    this.averaging = averaging;
    this.network = Require.present("network", network);
    this.state = state;
  }

  /**
   * Returns Deeplearning4j's handle of this training: what {@code fitMultiDataSet} is called on.
   */
  public SparkComputationGraph graph(JavaSparkContext context) {
    return new SparkComputationGraph(context, network.graph(), this);
  }

  @Override
  public TimNetwork network() {
    return network;
  }

  @Override
  public TrainingConfig config() {
    return config;
  }

  @Override
  public TrainerState state() {
    return state;
  }

  @Override
  public long stepsMade() {
    return state.step();
  }

  Averaging averaging() {
    return averaging;
  }

  /**
   * Makes one round on data that lie where they are to be used.
   *
   * @param batches one partition a worker, one object a batch of a worker
   * @return what the round did
   */
  Round round(SparkComputationGraph graph, JavaRDD<MultiDataSet> batches) {
    lastRound = null;
    super.doIteration(graph, batches, 1, 1);
    return lastRound;
  }

  @Override
  protected void doIteration(
      SparkComputationGraph graph, JavaRDD<MultiDataSet> split, int number, int count) {
    super.doIteration(graph, RoundRobin.share(split, numWorkers), number, count);
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    INDArray[] rows =
        config.guidance() == null
            ? new INDArray[] {state.optimizer().firstMoment(), state.optimizer().secondMoment()}
            : new INDArray[] {
              state.optimizer().firstMoment(), state.optimizer().secondMoment(), state.average()
            };
    Broadcast<NetBroadcastTuple> broadcast =
        graph
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.graph().getConfiguration(),
                    network.parameters().dup(),
                    Nd4j.vstack(rows)));
    WorkerConfiguration work =
        new WorkerConfiguration(true, 1, batchSizePerWorker, averagingFrequency, 0, false);
    return new TransitionTrainingWorker(
        broadcast, work, network.config(), config, numWorkers, state.step());
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkDl4jMultiLayer ignored) {
    throw new InvalidInputException(
        "the transition objective needs a network of t and r; call graph(…) and train what it"
            + " returns");
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer none,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int number,
      int count) {
    // In the order of the partitions: a sum in the order of arrival would not repeat.
    List<WorkerOutcome> all = collect(results.map(result -> ((WorkerResult) result).outcome()));
    if (all.isEmpty()) {
      return;
    }
    lastRound = Round.of(all);
    INDArray moments = Round.mean(all, WorkerOutcome::moments);
    network.parameters().assign(Round.mean(all, WorkerOutcome::parameters));
    double decay = 1;
    for (int i = 0; i < lastRound.steps(); i++) {
      decay *= config.average().at(state.step() + i);
    }
    INDArray average = state.average();
    average.muli(decay).addi(network.parameters().mul(1.0 - decay));
    long step = state.step() + lastRound.steps();
    state =
        new TrainerState(
            step,
            average,
            new OptimizerState(step, moments.getRow(0).dup(), moments.getRow(1).dup()));
    graph.setScore(lastRound.lastLoss());
  }

  private static <T> List<T> collect(JavaRDD<T> results) {
    try {
      return results.collect();
    } catch (Exception e) { // Scala's exceptions are unchecked; SparkException is a checked one.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TimException explained) {
          throw explained;
        }
      }
      if (e instanceof SparkException) {
        throw new TimException("the Spark job failed: " + e.getMessage(), e);
      }
      throw e;
    }
  }
}
