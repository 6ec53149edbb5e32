package org.tim4j.tribuo.condition;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tim4j.tribuo.protos.ConditionConverterProto;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.protos.ProtoUtil;

/**
 * A converter without settings, with one number for each output of the domain.
 *
 * @param <T> the type of output
 */
abstract class StatelessConverter<T extends Output<T>> implements ConditionConverter<T> {
  private final Class<T> outputType;

  StatelessConverter(Class<T> outputType) {
    this.outputType = outputType;
  }

  @Override
  public final ConditionConverterProto serialize() {
    return ProtoUtil.serialize(this);
  }

  @Override
  public final int dimension(ImmutableOutputInfo<T> info) {
    return info.size();
  }

  @Override
  public final Class<T> getTypeWitness() {
    return outputType;
  }

  @Override
  public final ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "ConditionConverter");
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "()";
  }
}
