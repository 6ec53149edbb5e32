package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.ImmutableMultiLabelInfo;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.protos.ProtoSerializableClass;

/**
 * Condition of a {@link MultiLabel}: 1 for each label that is set and -1 for the others; predicts
 * every label whose marginal probability exceeds one half.
 */
@ProtoSerializableClass(version = MultiLabelConditionConverter.CURRENT_VERSION)
public final class MultiLabelConditionConverter extends StatelessConverter<MultiLabel> {
  /** Protobuf serialization version. */
  public static final int CURRENT_VERSION = 0;

  /** Constructs a converter. */
  public MultiLabelConditionConverter() {
    super(MultiLabel.class);
  }

  /**
   * Deserialization factory.
   *
   * @param version the serialized object version
   * @param className the class name
   * @param message the serialized data
   */
  public static MultiLabelConditionConverter deserializeFromProto(
      int version, String className, Any message) {
    StatelessProto.check(version, CURRENT_VERSION, message);
    return new MultiLabelConditionConverter();
  }

  @Override
  public double[] convert(MultiLabel output, ImmutableOutputInfo<MultiLabel> info) {
    double[] condition = new double[info.size()];
    Arrays.fill(condition, -1);
    for (String name : output.getNameSet()) {
      int id = ((ImmutableMultiLabelInfo) info).getID(name);
      if (id < 0) {
        throw new IllegalArgumentException(
            "Unknown label '"
                + name
                + "'; use those of the training data: "
                + info.toReadableString());
      }
      condition[id] = 1;
    }
    return condition;
  }

  @Override
  public Prediction<MultiLabel> predict(
      Belief<MultiLabel> belief,
      ImmutableOutputInfo<MultiLabel> info,
      int activeFeatures,
      Example<MultiLabel> example) {
    Map<String, MultiLabel> scores = new HashMap<>();
    Set<Label> predicted = new HashSet<>();
    for (MultiLabel single : info.getDomain()) {
      String name = single.getLabelString();
      double probability = 0;
      for (int i = 0; i < belief.probabilities().length; i++) {
        probability += belief.outputs().get(i).contains(name) ? belief.probabilities()[i] : 0;
      }
      Label label = new Label(name, probability);
      scores.put(name, new MultiLabel(label));
      if (probability > 0.5) {
        predicted.add(label);
      }
    }
    return new Prediction<>(new MultiLabel(predicted), scores, activeFeatures, example, true);
  }

  @Override
  public boolean generatesProbabilities() {
    return true;
  }
}
