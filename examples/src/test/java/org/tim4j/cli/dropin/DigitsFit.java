package org.tim4j.cli.dropin;

import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.cli.data.Digits;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.dropin.ExamplesIterator;
import org.tim4j.objective.dropin.GlobalNormClipping;
import org.tim4j.objective.dropin.MovingAverageListener;
import org.tim4j.objective.dropin.ResidualCalculator;
import org.tim4j.objective.dropin.StateTransitionPreProcessor;
import org.tim4j.objective.dropin.TransitionGraph;
import org.tim4j.objective.dropin.TransitionIterator;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/**
 * The digits trained twice from the same parameters with the same draws: by our trainer, and by
 * Deeplearning4j's early stopping with our loss.
 *
 * @param settings network and training
 * @param batches batches of an epoch; steps must be a multiple of it
 */
record DigitsFit(RunSettings settings, int batches) {
  static final TrainTest DIGITS = new Digits().load();

  /** A graph that was trained. */
  record Fitted(
      EarlyStoppingResult<ComputationGraph> result, TimNetwork network, TimNetwork average) {}

  static DigitsFit of(long seed, int steps, int batches) {
    RunSettings standard =
        RunSettings.forImages(DIGITS.train().shape(), DIGITS.train().classNames().size());
    TrainingConfig training = standard.training().toBuilder().seed(seed).steps(steps).build();
    return new DigitsFit(new RunSettings(standard.network(), training), batches);
  }

  DigitsFit withEpsilon(double epsilon) {
    TrainingConfig training = settings.training();
    AdamWSettings adam = training.optimizer();
    AdamWSettings changed =
        new AdamWSettings(
            adam.learningRate(),
            adam.beta1(),
            adam.beta2(),
            epsilon,
            adam.weightDecay(),
            adam.clipNorm());
    return new DigitsFit(
        new RunSettings(settings.network(), training.toBuilder().optimizer(changed).build()),
        batches);
  }

  private TimNetwork start() {
    return TimNetwork.create(settings.network(), settings.training().seed());
  }

  TransitionTrainer trainer() {
    TransitionTrainer trainer =
        new TransitionTrainer(
            start(), settings.training(), new InMemoryData(Examples.of(DIGITS.train())), List.of());
    trainer.train();
    return trainer;
  }

  Fitted fit() {
    TrainingConfig training = settings.training();
    AdamWSettings adam = training.optimizer();
    ComputationGraph graph =
        new ComputationGraph(
            TransitionGraph.configuration(
                settings.network(),
                training,
                new NeuralNetConfiguration.Builder()
                    .updater(
                        new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon()))
                    .weightDecay(adam.weightDecay())
                    .weightDecayBias(adam.weightDecay())));
    graph.init();
    TransitionGraph.setParameters(graph, start());
    MovingAverageListener average = new MovingAverageListener(graph, training.average());
    graph.setListeners(
        new ScoreIterationListener(50), new GlobalNormClipping(adam.clipNorm()), average);

    StateTransitionPreProcessor transitions =
        new StateTransitionPreProcessor(training, settings.network());
    EarlyStoppingConfiguration<ComputationGraph> stopping =
        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
            .epochTerminationConditions(
                new MaxEpochsTerminationCondition(training.steps() / batches))
            .scoreCalculator(
                new ResidualCalculator(
                    TransitionIterator.forValidation(
                        new ExamplesIterator(
                            (seed, step, size) -> Examples.of(DIGITS.test()), 0, 1, 1),
                        new StateTransitionPreProcessor(
                            training.toBuilder().conditionDropout(0).build(), settings.network()))))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    ExamplesIterator examples =
        new ExamplesIterator(
            new InMemoryData(Examples.of(DIGITS.train())),
            training.seed(),
            training.batchSize(),
            batches);
    EarlyStoppingResult<ComputationGraph> result =
        new EarlyStoppingGraphTrainer(
                stopping, graph, TransitionIterator.forTraining(examples, transitions), null)
            .fit();
    return new Fitted(
        result,
        TransitionGraph.network(graph, settings.network()),
        average.network(settings.network()));
  }
}
