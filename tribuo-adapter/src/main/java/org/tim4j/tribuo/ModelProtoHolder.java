package org.tim4j.tribuo;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import org.tribuo.Model;
import org.tribuo.protos.core.ModelProto;

/**
 * Stands for a model in a Java object stream: Tribuo's command lines still save models that way.
 *
 * <p>Holds the bytes of the model's protobuf, which alone is read back.
 */
record ModelProtoHolder(byte[] proto) implements Serializable {
  /** What a model answers that is read from a stream without its holder. */
  static InvalidObjectException required() {
    return new InvalidObjectException("The stream is damaged: a model is stored as its protobuf");
  }

  private Object readResolve() throws InvalidObjectException {
    try {
      return Model.deserialize(ModelProto.parseFrom(proto));
    } catch (InvalidProtocolBufferException | IllegalStateException e) {
      InvalidObjectException error =
          new InvalidObjectException("The stream holds no valid model: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }
}
