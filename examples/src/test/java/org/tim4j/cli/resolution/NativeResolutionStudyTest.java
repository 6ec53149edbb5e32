package org.tim4j.cli.resolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.cli.data.Digits;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.metric.NearestNeighbourAgreement;
import org.tim4j.objective.model.ImageSampler;
import org.tim4j.objective.training.BucketedData;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/**
 * One network trained on digits of 8×8 and on the same digits somewhere in 8×12 pixels, sampled at
 * both sizes and at 12×8, which it never saw.
 */
@Tag("study")
class NativeResolutionStudyTest {
  private static final int STEPS = Integer.getInteger("tim.study.steps", 1000);
  private static final int PER_CLASS = 50;
  private static final int NFE = 4;
  private static final TrainTest DIGITS = new Digits().load();

  /** Puts each digit at a random place of a larger black image. */
  private static ImageSet placed(ImageSet digits, int height, int width, int copies, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.EVALUATION);
    int count = digits.count() * copies;
    INDArray images = Nd4j.valueArrayOf(new long[] {count, 1, height, width}, -1f, DataType.FLOAT);
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      int digit = i % digits.count();
      int top = random.nextInt(height - 8 + 1);
      int left = random.nextInt(width - 8 + 1);
      images
          .get(
              NDArrayIndex.point(i),
              NDArrayIndex.point(0),
              NDArrayIndex.interval(top, top + 8),
              NDArrayIndex.interval(left, left + 8))
          .assign(digits.images().get(NDArrayIndex.point(digit), NDArrayIndex.point(0)));
      classes[i] = digits.classes()[digit];
    }
    return new ImageSet(images, classes, digits.classNames());
  }

  @Test
  void sizesThatWereNeverTrainedKeepTheirClasses() {
    ImageSet train = DIGITS.train();
    RunSettings settings = RunSettings.forImages(train.shape(), 10);
    TrainingConfig training = settings.training().toBuilder().seed(1).steps(STEPS).build();
    List<Double> residuals = new ArrayList<>();
    TransitionTrainer trainer =
        new TransitionTrainer(
            TimNetwork.create(settings.network(), 1),
            training,
            new BucketedData(List.of(Examples.of(train), Examples.of(placed(train, 8, 12, 1, 1)))),
            List.of());
    while (trainer.stepsMade() < STEPS) {
      residuals.add(trainer.step().residual());
    }
    System.out.printf(
        Locale.ROOT, "residual %.3f to %.3f%n", residuals.get(0), residuals.get(STEPS - 1));
    TimNetwork network = trainer.averageNetwork();
    double square = agreement(network, training, 8, 8);
    double wide = agreement(network, training, 8, 12);
    double tall = agreement(network, training, 12, 8);
    // A guess is right for a tenth of the samples.
    assertTrue(square > 0.8 && wide > 0.8, "agreement " + square + " and " + wide);
    assertTrue(tall > 0.2, "agreement " + tall);
  }

  private static double agreement(
      TimNetwork network, TrainingConfig training, int height, int width) {
    int[] classes = IntStream.range(0, 10 * PER_CLASS).map(i -> i % 10).toArray();
    ImageSampler sampler =
        new ImageSampler(
            network,
            training.transport(),
            new ImageDescription(
                "digits", new ImageShape(1, height, width), DIGITS.train().classNames()));
    ImageSet samples = sampler.sample(classes, NFE, 1, 1);
    // Real digits at all places of that size, and others like them for comparison.
    int places = (height - 8 + 1) * (width - 8 + 1);
    ImageSet known = placed(DIGITS.train(), height, width, places, 2);
    ImageSet real = placed(DIGITS.test(), height, width, 1, 3);
    NearestNeighbourAgreement classifier =
        NearestNeighbourAgreement.with(
            known.features(), known.classes(), NearestNeighbourAgreement.DEFAULT_NEIGHBOURS);
    double agreement = classifier.of(samples.features(), classes);
    System.out.printf(
        Locale.ROOT,
        "%dx%d: class agreement %.3f at NFE %d, of real digits %.3f; first sample%n%s%n",
        height,
        width,
        agreement,
        NFE,
        classifier.of(real.features(), real.classes()),
        drawing(samples.images(), 0));
    return agreement;
  }

  private static String drawing(INDArray images, int index) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < images.size(2); y++) {
      for (int x = 0; x < images.size(3); x++) {
        double value = images.getDouble(index, 0, y, x);
        text.append(value > 0.4 ? '#' : value > -0.4 ? '+' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
