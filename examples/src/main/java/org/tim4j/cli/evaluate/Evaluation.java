package org.tim4j.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.tim4j.cli.data.TrainTest;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.model.ImageModel;

/**
 * What to evaluate.
 *
 * @param nfe numbers of sampling steps, each at least 1
 * @param perClass samples of each class, at least 1
 * @param guidance scale of classifier-free guidance, at least 1, which is none
 * @param seed seed of the noise
 */
public record Evaluation(List<Integer> nfe, int perClass, double guidance, long seed) {
  /**
   * @throws InvalidInputException if a number is out of range
   */
  public Evaluation {
    nfe = List.copyOf(nfe);
    for (int steps : nfe) {
      if (steps < 1) {
        throw new InvalidInputException(
            "NFE " + steps + " is impossible; a sample takes at least 1 step");
      }
    }
    if (perClass < 1) {
      throw new InvalidInputException(
          perClass + " samples of a class cannot be evaluated; give at least 1");
    }
  }

  /**
   * Samples and compares with real images.
   *
   * @param model what to sample from
   * @param real what to compare with
   * @param progress told each number of steps before its samples are made
   */
  public EvaluationReport run(ImageModel model, TrainTest real, IntConsumer progress) {
    Evaluator evaluator = new Evaluator(real);
    int classes = model.images().classNames().size();
    int[] wanted = IntStream.range(0, classes * perClass).map(i -> i % classes).toArray();
    List<NfeFigures> figures = new ArrayList<>();
    for (int steps : nfe) {
      progress.accept(steps);
      long begin = System.nanoTime();
      ImageSet samples = model.sampler().sample(wanted, steps, seed, guidance);
      figures.add(evaluator.figures(steps, samples, (System.nanoTime() - begin) * 1e-9));
    }
    return new EvaluationReport(
        wanted.length, evaluator.realImages(), evaluator.floor(), figures, evaluator.failures());
  }
}
