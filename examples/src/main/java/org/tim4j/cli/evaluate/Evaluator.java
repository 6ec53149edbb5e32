package org.tim4j.cli.evaluate;

import java.util.Arrays;
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

  private final INDArray all;
  private final FrechetDistance toAll;
  private final FrechetDistance toHeldOut;
  private final NearestNeighbourAgreement classifier;
  private final Floor floor;

  /** Prepares the comparison with the given real images. */
  public Evaluator(TrainTest real) {
    ImageSet train = atMost(real.train());
    ImageSet test = atMost(real.test());
    ImageSet both = train.followedBy(test);
    all = both.features();
    INDArray heldOut = test.features();
    toAll = FrechetDistance.to(all);
    toHeldOut = FrechetDistance.to(heldOut);
    classifier = NearestNeighbourAgreement.with(all, both.classes(), NEIGHBOURS);
    PrecisionRecall manifolds =
        PrecisionRecall.of(train.features(), heldOut, PrecisionRecall.DEFAULT_NEIGHBOURS);
    floor =
        new Floor(
            toHeldOut.of(train.features()),
            // Not among all images: each would be its own nearest neighbour.
            NearestNeighbourAgreement.with(train.features(), train.classes(), NEIGHBOURS)
                .of(heldOut, test.classes()),
            manifolds.precision(),
            manifolds.recall());
  }

  private static ImageSet atMost(ImageSet set) {
    if (set.count() <= LARGEST_PART) {
      return set;
    }
    int[] order = RandomStream.of(0, 0, Purpose.EVALUATION).permutation(set.count());
    return set.select(IntStream.of(Arrays.copyOf(order, LARGEST_PART)).sorted().toArray());
  }

  /** The figures of real images. */
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
   */
  public NfeFigures figures(int nfe, ImageSet samples, double seconds) {
    INDArray features = samples.features();
    PrecisionRecall manifolds =
        PrecisionRecall.of(all, features, PrecisionRecall.DEFAULT_NEIGHBOURS);
    return new NfeFigures(
        nfe,
        toAll.of(features),
        toHeldOut.of(features),
        classifier.of(features, samples.classes()),
        manifolds.precision(),
        manifolds.recall(),
        samples.count() / seconds);
  }
}
