package org.tim4j.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import org.tim4j.tribuo.condition.ConditionConverter;
import org.tim4j.tribuo.condition.OutputPrior;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tim4j.tribuo.generator.VectorGenerator;
import org.tim4j.tribuo.protos.TimModelProto;
import org.tim4j.tribuo.provenance.RenamedClasses;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.ProtoUtil;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.OutputFactoryProto;

/** Reads a {@link TimModel} and refuses whatever does not fit together. */
final class TimModelReader {
  private TimModelReader() {}

  static TimModel<?> read(int version, Any message) throws InvalidProtocolBufferException {
    requireVersion(version, TimModel.CURRENT_VERSION);
    TimModelProto proto = message.unpack(TimModelProto.class);
    ConditionConverter<?> converter = ProtoUtil.deserialize(proto.getConditionConverter());
    return read(proto, converter);
  }

  static void requireVersion(int version, int newest) {
    if (version < 0 || version > newest) {
      throw new IllegalArgumentException(
          "Unknown version " + version + ", this class supports at most version " + newest);
    }
  }

  private static <T extends Output<T>> TimModel<T> read(
      TimModelProto proto, ConditionConverter<T> converter) throws InvalidProtocolBufferException {
    Class<T> type = converter.getTypeWitness();
    ModelDataCarrier<?> metadata =
        ModelDataCarrier.deserialize(
            RenamedClasses.current(proto.getMetadata().unpack(ModelDataProto.class)));
    ImmutableOutputInfo<T> outputs = outputs(metadata.outputDomain(), type);
    TabularEncoding encoding =
        TabularEncoding.deserialize(proto.getEncoding(), metadata.featureDomain());
    OutputPrior<T> prior = OutputPrior.deserialize(proto.getPrior(), converter, outputs);
    if (proto.getLikelihoodEvaluations() < 1) {
      throw new IllegalStateException(
          "Invalid protobuf, found " + proto.getLikelihoodEvaluations() + " evaluations");
    }
    OutputFactory<T> factory =
        factory(
            OutputFactory.deserialize(proto.getOutputFactory().unpack(OutputFactoryProto.class)),
            type);
    VectorGenerator generator =
        VectorGenerator.deserialize(
            proto.getGenerator(), encoding.widths(), converter.dimension(outputs));
    return new TimModel<>(
        metadata.name(),
        metadata.provenance(),
        metadata.featureDomain(),
        outputs,
        new TimModel.Parts<>(
            factory, converter, encoding, prior, generator, proto.getLikelihoodEvaluations()));
  }

  /** The cast is safe: the domain's own outputs were looked at. */
  @SuppressWarnings("unchecked")
  static <T extends Output<T>> ImmutableOutputInfo<T> outputs(
      ImmutableOutputInfo<?> domain, Class<T> type) {
    if (domain.size() == 0 || !type.isInstance(domain.getOutput(0))) {
      throw new IllegalStateException(
          "Invalid protobuf, expected a domain of " + type + ", found " + domain.getClass());
    }
    return (ImmutableOutputInfo<T>) domain;
  }

  /** The cast is safe: an output of the factory was looked at. */
  @SuppressWarnings("unchecked")
  private static <T extends Output<T>> OutputFactory<T> factory(
      OutputFactory<?> factory, Class<T> type) {
    if (!type.isInstance(factory.getUnknownOutput())) {
      throw new IllegalStateException(
          "Invalid protobuf, expected a factory of " + type + ", found " + factory.getClass());
    }
    return (OutputFactory<T>) factory;
  }
}
