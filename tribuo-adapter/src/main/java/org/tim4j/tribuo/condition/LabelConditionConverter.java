package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;
import java.util.HashMap;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.ProtoSerializableClass;

/** One-hot condition of a {@link Label}; predicts the most probable one. */
@ProtoSerializableClass(version = LabelConditionConverter.CURRENT_VERSION)
public final class LabelConditionConverter extends StatelessConverter<Label> {
  /** Protobuf serialization version. */
  public static final int CURRENT_VERSION = 0;

  /** Constructs a converter. */
  public LabelConditionConverter() {
    super(Label.class);
  }

  /**
   * Deserialization factory.
   *
   * @param version the serialized object version
   * @param className the class name
   * @param message the serialized data
   */
  public static LabelConditionConverter deserializeFromProto(
      int version, String className, Any message) {
    StatelessProto.check(version, CURRENT_VERSION, message);
    return new LabelConditionConverter();
  }

  @Override
  public double[] convert(Label output, ImmutableOutputInfo<Label> info) {
    int id = info.getID(output);
    if (id < 0) {
      throw new IllegalArgumentException(
          "Unknown label '"
              + output.getLabel()
              + "'; use one of the training data: "
              + info.toReadableString());
    }
    double[] condition = new double[info.size()];
    condition[id] = 1;
    return condition;
  }

  @Override
  public Prediction<Label> predict(
      Belief<Label> belief,
      ImmutableOutputInfo<Label> info,
      int activeFeatures,
      Example<Label> example) {
    double[] probabilities = new double[info.size()];
    for (int i = 0; i < belief.probabilities().length; i++) {
      probabilities[info.getID(belief.outputs().get(i))] += belief.probabilities()[i];
    }
    Map<String, Label> scores = new HashMap<>();
    Label best = null;
    for (int id = 0; id < probabilities.length; id++) {
      String name = info.getOutput(id).getLabel();
      Label scored = new Label(name, probabilities[id]);
      scores.put(name, scored);
      if (best == null || scored.getScore() > best.getScore()) {
        best = scored;
      }
    }
    return new Prediction<>(best, scores, activeFeatures, example, true);
  }

  @Override
  public boolean generatesProbabilities() {
    return true;
  }
}
