package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.WordEncoder;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.sampling.Guidance;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;

/** From captions to pictures with the encoder that needs no model of its own. */
class CaptionTrainingTest {
  private static final List<String> CAPTIONS = List.of("a dark picture", "a bright picture");

  private static INDArray pictures() {
    INDArray pictures = Nd4j.ones(DataType.FLOAT, 2, 1, 2, 4);
    pictures.slice(0).negi();
    return pictures;
  }

  @Test
  void picturesFollowTheirCaptions() {
    WordEncoder encoder = WordEncoder.of(CAPTIONS, 10, 4, 8);
    TimNetworkConfig network =
        TimNetworkConfig.builder()
            .channels(1)
            .patch(2)
            .hidden(16)
            .depth(1)
            .heads(2)
            .condition(encoder.condition())
            .runtime(TimRuntime.FUSED)
            .build();
    INDArray captions = encoder.encode(CAPTIONS);
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(network, 1),
            TinyRun.config()
                .steps(300)
                .batchSize(16)
                .optimizer(AdamWSettings.published().withLearningRate(3e-3))
                .build(),
            new InMemoryData(new Examples(pictures(), captions)),
            List.of());
    trainer.train();
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(trainer.averageNetwork(), trainer.config().transport()),
            trainer.config().transport());
    INDArray empty = NullCondition.like(network.condition(), captions);
    assertEquals(encoder.encode(List.of("", "")), empty);
    INDArray samples =
        sampler
            .sample(
                SamplingRequest.fromNoise(1, 2, 1, 2, 4)
                    .steps(4)
                    .condition(captions)
                    .guidance(Guidance.of(1.5), empty)
                    .build())
            .samples();
    INDArray agreement = samples.mul(pictures()).mean(1, 2, 3);
    assertTrue(agreement.minNumber().doubleValue() > 0.8, agreement.toString());
    INDArray unknown = captions.dup().putScalar(0, 0, 99);
    assertThrows(
        InvalidInputException.class,
        () -> sampler.sample(SamplingRequest.fromNoise(1, 2, 1, 2, 4).condition(unknown).build()));
  }
}
