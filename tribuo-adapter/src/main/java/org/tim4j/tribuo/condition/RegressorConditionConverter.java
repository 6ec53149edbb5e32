package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;
import java.util.Arrays;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.protos.ProtoSerializableClass;
import org.tribuo.regression.ImmutableRegressionInfo;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.Regressor.DimensionTuple;

/**
 * Standardised condition of a {@link Regressor}, every dimension with the mean and the variance of
 * the training data; predicts the mean and the variance of the belief.
 */
@ProtoSerializableClass(version = RegressorConditionConverter.CURRENT_VERSION)
public final class RegressorConditionConverter extends StatelessConverter<Regressor> {
  /** Protobuf serialization version. */
  public static final int CURRENT_VERSION = 0;

  /** Constructs a converter. */
  public RegressorConditionConverter() {
    super(Regressor.class);
  }

  /**
   * Deserialization factory.
   *
   * @param version the serialized object version
   * @param className the class name
   * @param message the serialized data
   */
  public static RegressorConditionConverter deserializeFromProto(
      int version, String className, Any message) {
    StatelessProto.check(version, CURRENT_VERSION, message);
    return new RegressorConditionConverter();
  }

  @Override
  public double[] convert(Regressor output, ImmutableOutputInfo<Regressor> info) {
    ImmutableRegressionInfo domain = (ImmutableRegressionInfo) info;
    double[] condition = new double[domain.size()];
    Arrays.fill(condition, Double.NaN);
    for (DimensionTuple dimension : output) {
      int id = domain.getID(dimension);
      if (id < 0) {
        throw new IllegalArgumentException(
            "Unknown dimension '"
                + dimension.getName()
                + "'; use those of the training data: "
                + domain.toReadableString());
      }
      if (!Double.isFinite(dimension.getValue())) {
        throw new IllegalArgumentException(
            "Dimension '"
                + dimension.getName()
                + "' is "
                + dimension.getValue()
                + "; outputs must be finite.");
      }
      condition[id] = (dimension.getValue() - domain.getMean(id)) / scale(domain, id);
    }
    for (int id = 0; id < condition.length; id++) {
      if (Double.isNaN(condition[id])) {
        throw new IllegalArgumentException(
            "The output "
                + output
                + " lacks the dimension '"
                + domain.getOutput(id).getNames()[0]
                + "'; give every dimension of the training data.");
      }
    }
    return condition;
  }

  /**
   * Undoes {@link #convert}.
   *
   * @param condition one number for each dimension, by its id; not changed
   */
  public Regressor invert(double[] condition, ImmutableOutputInfo<Regressor> info) {
    ImmutableRegressionInfo domain = (ImmutableRegressionInfo) info;
    DimensionTuple[] dimensions = new DimensionTuple[condition.length];
    for (int id = 0; id < condition.length; id++) {
      dimensions[id] =
          new DimensionTuple(
              domain.getOutput(id).getNames()[0],
              condition[id] * scale(domain, id) + domain.getMean(id));
    }
    return new Regressor(dimensions);
  }

  /** A constant dimension keeps its unit, so that its condition is 0 in the training data. */
  private static double scale(ImmutableRegressionInfo domain, int id) {
    double deviation = Math.sqrt(domain.getVariance(id));
    return deviation > 0 ? deviation : 1;
  }

  @Override
  public Prediction<Regressor> predict(
      Belief<Regressor> belief,
      ImmutableOutputInfo<Regressor> info,
      int activeFeatures,
      Example<Regressor> example) {
    DimensionTuple[] dimensions = new DimensionTuple[info.size()];
    for (int id = 0; id < dimensions.length; id++) {
      dimensions[id] =
          moments(belief, ((ImmutableRegressionInfo) info).getOutput(id).getNames()[0]);
    }
    return new Prediction<>(new Regressor(dimensions), activeFeatures, example);
  }

  private static DimensionTuple moments(Belief<Regressor> belief, String name) {
    double mean = 0;
    for (int i = 0; i < belief.probabilities().length; i++) {
      mean += belief.probabilities()[i] * value(belief, i, name);
    }
    double variance = 0;
    for (int i = 0; i < belief.probabilities().length; i++) {
      double deviation = value(belief, i, name) - mean;
      variance += belief.probabilities()[i] * deviation * deviation;
    }
    return new DimensionTuple(name, mean, variance);
  }

  private static double value(Belief<Regressor> belief, int i, String name) {
    return belief.outputs().get(i).getDimension(name).orElseThrow().getValue();
  }

  @Override
  public boolean generatesProbabilities() {
    return false;
  }
}
