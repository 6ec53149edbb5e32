package org.tim4j.cli.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Trainer;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.slm.ElasticNetCDTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.Transformation;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * Tribuo's learners that judge generated rows. Linear models and neighbours see standardised
 * features.
 */
public final class Judges {
  private static final long SEED = 1;
  private static final int TREES = 100;
  private static final int MAX_ITERATIONS = 10_000;
  private static final double TOLERANCE = 1e-6;
  private static final double PENALTY = 1e-6;

  private Judges() {}

  /**
   * Trainers of classifiers by name; their invocation counts start at 0.
   *
   * @param training what they will be trained on, dense
   */
  public static Map<String, Trainer<Label>> classifiers(Dataset<?> training) {
    Map<String, Trainer<Label>> trainers = new LinkedHashMap<>();
    trainers.put("logistic regression", new TransformTrainer<>(logistic(), standardised(training)));
    trainers.put(
        "random forest",
        new RandomForestTrainer<>(
            new CARTClassificationTrainer(
                Integer.MAX_VALUE, 2, 0, 0.5f, false, new GiniIndex(), SEED),
            new VotingCombiner(),
            TREES,
            SEED));
    trainers.put("XGBoost", boosted());
    trainers.put(
        "k-NN",
        new TransformTrainer<>(
            new KNNTrainer<>(
                5,
                new L2Distance(),
                1,
                new VotingCombiner(),
                KNNModel.Backend.THREADPOOL,
                NeighboursQueryFactoryType.BRUTE_FORCE),
            standardised(training)));
    return trainers;
  }

  /** Logistic regression with the penalty that is usual, |w|² / 2. */
  static Trainer<Label> logistic() {
    return new LibLinearClassificationTrainer(
        new LinearClassificationType(LinearClassificationType.LinearType.L2R_LR),
        1,
        MAX_ITERATIONS,
        TOLERANCE,
        SEED);
  }

  /** Gradient boosted trees. */
  static Trainer<Label> boosted() {
    return new XGBoostClassificationTrainer(TREES, 0.3, 0, 6, 1, 1, 1, 1, 0, 1, true, SEED);
  }

  /**
   * Trainers of regressions by name.
   *
   * @param training what they will be trained on, dense
   */
  static Map<String, Trainer<Regressor>> regressions(Dataset<?> training) {
    Map<String, Trainer<Regressor>> trainers = new LinkedHashMap<>();
    trainers.put("linear regression", leastSquares());
    trainers.put(
        "random forest",
        new RandomForestTrainer<>(
            new CARTRegressionTrainer(
                Integer.MAX_VALUE, 5, 0, 0.5f, false, new MeanSquaredError(), SEED),
            new AveragingCombiner(),
            TREES,
            SEED));
    trainers.put("XGBoost", boostedRegression());
    return trainers;
  }

  /** Least squares, by coordinate descent with next to no penalty. */
  static Trainer<Regressor> leastSquares() {
    return new ElasticNetCDTrainer(PENALTY, 0.5, TOLERANCE, MAX_ITERATIONS, false, SEED);
  }

  /** Gradient boosted trees. */
  static Trainer<Regressor> boostedRegression() {
    return new XGBoostRegressionTrainer(
        XGBoostRegressionTrainer.RegressionType.LINEAR,
        TREES,
        0.05,
        0,
        3,
        1,
        0.8,
        1,
        1,
        0,
        1,
        true,
        SEED);
  }

  /** Features that never vary are left alone: Tribuo would divide by 0. */
  private static TransformationMap standardised(Dataset<?> training) {
    Map<String, double[]> ranges = new HashMap<>();
    for (VariableInfo feature : training.getFeatureMap()) {
      ranges.put(
          feature.getName(), new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
    }
    for (Example<?> example : training) {
      for (Feature feature : example) {
        double[] range = ranges.get(feature.getName());
        range[0] = Math.min(range[0], feature.getValue());
        range[1] = Math.max(range[1], feature.getValue());
      }
    }
    Map<String, List<Transformation>> standardise = new HashMap<>();
    ranges.forEach(
        (name, range) -> {
          if (range[0] < range[1]) {
            standardise.put(name, List.of(new MeanStdDevTransformation(0, 1)));
          }
        });
    return new TransformationMap(standardise);
  }
}
