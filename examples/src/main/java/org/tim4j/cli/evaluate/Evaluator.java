package org.tim4j.cli.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.metric.FrechetDistance;
import org.tim4j.objective.metric.NearestNeighbourAgreement;
import org.tim4j.objective.metric.PrecisionRecall;

/**
 * Compares samples with real images in pixel space. Of a large data set an evenly drawn part is
 * taken, always the same, to bound the cost of neighbour searches.
 */
public final class Evaluator {
  private static final int LARGEST_PART = 2000;
  private static final int NEIGHBOURS = NearestNeighbourAgreement.DEFAULT_NEIGHBOURS;

  private static final String FRECHET = "Fréchet distance";
  private static final String HELD_OUT = "Fréchet distance to the held-out part";
  private static final String AGREEMENT = "class agreement";
  private static final String MANIFOLDS = "precision and recall";

  private final Measurements measurements = new Measurements();
  private final INDArray all;
  private final Optional<FrechetDistance> toAll;
  private final Optional<FrechetDistance> toHeldOut;
  private final Optional<NearestNeighbourAgreement> classifier;
  private final Floor floor;

  /** Prepares the comparison with the given real images. */
  public Evaluator(TrainTest real) {
    ImageSet train = atMost(real.train());
    ImageSet test = atMost(real.test());
    ImageSet both = train.followedBy(test);
    all = both.features();
    INDArray heldOut = test.features();
    toAll = measurements.take(FRECHET, () -> FrechetDistance.to(all));
    toHeldOut = measurements.take(HELD_OUT, () -> FrechetDistance.to(heldOut));
    classifier =
        measurements.take(
            AGREEMENT, () -> NearestNeighbourAgreement.with(all, both.classes(), NEIGHBOURS));
    floor = floor(train, test);
  }

  private Floor floor(ImageSet train, ImageSet test) {
    INDArray seen = train.features();
    INDArray heldOut = test.features();
    Optional<PrecisionRecall> manifolds = manifolds(seen, heldOut);
    return new Floor(
        distance(HELD_OUT, toHeldOut, seen),
        // Not among all images: each would be its own nearest neighbour.
        measurements
            .take(
                AGREEMENT,
                () ->
                    NearestNeighbourAgreement.with(seen, train.classes(), NEIGHBOURS)
                        .of(heldOut, test.classes()))
            .orElse(Double.NaN),
        manifolds.map(PrecisionRecall::precision).orElse(Double.NaN),
        manifolds.map(PrecisionRecall::recall).orElse(Double.NaN));
  }

  private Optional<PrecisionRecall> manifolds(INDArray real, INDArray generated) {
    return measurements.take(
        MANIFOLDS, () -> PrecisionRecall.of(real, generated, PrecisionRecall.DEFAULT_NEIGHBOURS));
  }

  private double distance(String name, Optional<FrechetDistance> distance, INDArray features) {
    return distance
        .flatMap(to -> measurements.take(name, () -> to.of(features)))
        .orElse(Double.NaN);
  }

  private static ImageSet atMost(ImageSet set) {
    if (set.count() <= LARGEST_PART) {
      return set;
    }
    int[] order = RandomStream.of(0, 0, Purpose.EVALUATION).permutation(set.count());
    return set.select(IntStream.of(Arrays.copyOf(order, LARGEST_PART)).sorted().toArray());
  }

  /** Returns what could not be measured so far, one line each. */
  public List<String> failures() {
    return measurements.failures();
  }

  /** The figures of real images; one that could not be measured is NaN. */
  public Floor floor() {
    return floor;
  }

  /** Number of real images compared with. */
  public int realImages() {
    return Math.toIntExact(all.size(0));
  }

  /**
   * Measures samples.
   *
   * @param nfe how many function evaluations made each
   * @param samples the samples and the classes they were made for
   * @param seconds how long they took
   * @return the figures; one that could not be measured is NaN
   */
  public NfeFigures figures(int nfe, ImageSet samples, double seconds) {
    INDArray features = samples.features();
    Optional<PrecisionRecall> manifolds = manifolds(all, features);
    return new NfeFigures(
        nfe,
        distance(FRECHET, toAll, features),
        distance(HELD_OUT, toHeldOut, features),
        classifier
            .flatMap(by -> measurements.take(AGREEMENT, () -> by.of(features, samples.classes())))
            .orElse(Double.NaN),
        manifolds.map(PrecisionRecall::precision).orElse(Double.NaN),
        manifolds.map(PrecisionRecall::recall).orElse(Double.NaN),
        samples.count() / seconds);
  }
}
