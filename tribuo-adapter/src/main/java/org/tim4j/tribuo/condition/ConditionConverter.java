package org.tim4j.tribuo.condition;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import org.tim4j.tribuo.protos.ConditionConverterProto;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.protos.ProtoSerializable;

/**
 * Turns an output into the vector that a generator is conditioned on, and a distribution over
 * outputs into a prediction.
 *
 * @param <T> the type of output
 */
public interface ConditionConverter<T extends Output<T>>
    extends Configurable,
        ProtoSerializable<ConditionConverterProto>,
        Provenancable<ConfiguredObjectProvenance> {

  /** The length of a condition. */
  int dimension(ImmutableOutputInfo<T> info);

  /**
   * Returns the condition of an output, a new array of {@link #dimension} numbers of about unit
   * scale.
   *
   * @throws IllegalArgumentException if the output is not in the domain, or not finite
   */
  double[] convert(T output, ImmutableOutputInfo<T> info);

  /**
   * Sums up a distribution over outputs.
   *
   * @param belief outputs of the domain and their probabilities
   * @param activeFeatures how many features of the example the model used
   */
  Prediction<T> predict(
      Belief<T> belief, ImmutableOutputInfo<T> info, int activeFeatures, Example<T> example);

  /** The class of output, compared with that of a model that is read from a file. */
  Class<T> getTypeWitness();

  /** Whether predictions carry probabilities. */
  boolean generatesProbabilities();
}
