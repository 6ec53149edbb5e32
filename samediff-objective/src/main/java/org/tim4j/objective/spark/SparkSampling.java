package org.tim4j.objective.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;

/**
 * Samples a large number of pictures or rows as a Spark job. Batch k starts from the noise of seed
 * {@code seed + k}, wherever it is made, so that a lost task repeats its samples.
 *
 * @param seed seed of the first batch
 * @param batches number of batches, at least 1
 * @param batchSize samples of a batch, at least 1
 * @param shape shape of a sample: {@code [channels, height, width]} or {@code [tokens, features]}
 * @param steps sampling steps, at least 1
 */
public record SparkSampling(long seed, int batches, int batchSize, List<Long> shape, int steps)
    implements Serializable {
  public SparkSampling {
    Require.atLeast("batches", batches, 1);
    Require.atLeast("batchSize", batchSize, 1);
    Require.atLeast("steps", steps, 1);
    shape = List.copyOf(shape);
  }

  /**
   * Returns the samples, one element a batch: features {@code [batchSize, shape…]} and, for a
   * network of classes, labels {@code [batchSize, 1]} that go through the classes in turn. Nothing
   * is computed before an action asks for it.
   *
   * @param network what to sample with, usually the moving average
   * @param config the training's settings, for its transport
   * @param partitions number of tasks, at least 1
   * @throws InvalidInputException if the network takes another condition than classes
   */
  public JavaRDD<MultiDataSet> run(
      JavaSparkContext context, TimNetwork network, TrainingConfig config, int partitions) {
    if (!(network.config().condition() instanceof Condition.None)
        && !(network.config().condition() instanceof Condition.Classes)) {
      throw new InvalidInputException(
          "samples of a network with the condition "
              + network.config().condition()
              + " need conditions, which this job does not have; use TransitionSampler on an RDD of"
              + " them");
    }
    Broadcast<INDArray> parameters = context.broadcast(network.parameters().dup());
    String networkJson = network.config().toJson();
    String configJson = new TrainingJson().write(config).toString();
    List<Long> indices = LongStream.range(0, batches).boxed().toList();
    return context
        .parallelize(indices, Require.atLeast("partitions", partitions, 1))
        .mapPartitions(
            part ->
                sampleAll(
                    part, networkJson, new TrainingJson().read(configJson), parameters.value()));
  }

  private Iterator<MultiDataSet> sampleAll(
      Iterator<Long> indices, String networkJson, TrainingConfig config, INDArray parameters) {
    TimNetworkConfig settings = TimNetworkConfig.fromJson(networkJson);
    TimNetwork network = TimNetwork.withParameters(settings, parameters.dup());
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(network, config.transport()), config.transport());
    List<MultiDataSet> samples = new ArrayList<>();
    while (indices.hasNext()) {
      samples.add(sample(sampler, settings, indices.next()));
    }
    return samples.iterator();
  }

  /** Returns one batch, as {@link #run} makes it in a task. */
  MultiDataSet sample(TransitionSampler sampler, TimNetworkConfig network, long index) {
    SamplingRequest.Builder request =
        SamplingRequest.fromNoise(
                seed + index,
                LongStream.concat(
                        LongStream.of(batchSize), shape.stream().mapToLong(Long::longValue))
                    .toArray())
            .steps(steps);
    INDArray classes = null;
    if (network.condition() instanceof Condition.Classes conditions) {
      long first = index * batchSize;
      classes =
          Nd4j.createFromArray(
                  LongStream.range(first, first + batchSize)
                      .mapToDouble(i -> i % conditions.count())
                      .toArray())
              .castTo(network.dataType())
              .reshape(batchSize, 1);
      request.condition(classes);
    }
    return new MultiDataSet(sampler.sample(request.build()).samples(), classes);
  }
}
