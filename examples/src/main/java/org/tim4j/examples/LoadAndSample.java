package org.tim4j.examples;

import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.transport.Transport;

/** Opens the model that {@link TrainDigits} or {@code tim train} left, and draws digits as text. */
public final class LoadAndSample {
  /** Arguments: model folder and number of steps, for example {@code out/program/model.tim 4}. */
  public static void main(String[] args) {
    INDArray samples = sample(Path.of(args[0]), Integer.parseInt(args[1]));
    for (int i = 0; i < 10; i++) {
      System.out.println(text(samples.slice(i).slice(0)));
    }
  }

  static INDArray sample(Path model, int steps) {
    Checkpoint checkpoint = Checkpoint.open(model);
    Transport transport = checkpoint.config().transport();
    TransitionSampler sampler =
        new TransitionSampler(
            new NetworkTransition(checkpoint.averageNetwork(), transport), transport);
    SamplingRequest request =
        SamplingRequest.fromNoise(7, 16, 1, 8, 8).steps(steps).condition(labels(16)).build();
    return sampler.sample(request).samples();
  }

  /** The digits 0 to 9, again and again, as conditions. */
  static INDArray labels(int count) {
    INDArray labels = Nd4j.create(DataType.FLOAT, count, 1);
    for (int i = 0; i < count; i++) {
      labels.putScalar(i, i % 10);
    }
    return labels;
  }

  /** An image {@code [height, width]} in five shades. */
  static String text(INDArray image) {
    StringBuilder text = new StringBuilder();
    for (float[] row : image.toFloatMatrix()) {
      for (float value : row) {
        text.append(" .+#@".charAt(Math.max(0, Math.min(4, Math.round(2 * value + 2)))));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
