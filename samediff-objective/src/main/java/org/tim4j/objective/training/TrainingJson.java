package org.tim4j.objective.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/**
 * A {@link TrainingConfig} as JSON: one property for each component, with transports and time laws
 * named by a {@code type}. A transport of the user's own joins by {@link #TrainingJson(Class[])}.
 */
public final class TrainingJson {
  private final ObjectMapper mapper;

  /**
   * @param ownTypes transports or time laws of the user's own, records, known by their simple names
   */
  public TrainingJson(Class<?>... ownTypes) {
    JsonMapper json =
        JsonMapper.builder()
            .addMixIn(Transport.class, TransportTypes.class)
            .addMixIn(TimeLaw.class, TimeLawTypes.class)
            .build();
    json.registerSubtypes(ownTypes);
    this.mapper = json;
  }

  /** Returns the settings as JSON. */
  public JsonNode write(TrainingConfig config) {
    return mapper.valueToTree(config);
  }

  /**
   * Reads settings.
   *
   * @throws InvalidInputException if a property is unknown, missing or out of range
   */
  public TrainingConfig read(JsonNode json) {
    try {
      return mapper.treeToValue(json, TrainingConfig.class);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new InvalidInputException(
          "the training settings cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OtFlowMatching.class, name = "OT_FM"),
    @JsonSubTypes.Type(value = TrigFlow.class, name = "TRIG_FLOW"),
    @JsonSubTypes.Type(value = Edm.class, name = "EDM"),
    @JsonSubTypes.Type(value = EdmOfficial.class, name = "EDM_OFFICIAL"),
    @JsonSubTypes.Type(value = VpSde.class, name = "VP_SDE"),
    @JsonSubTypes.Type(value = VeSde.class, name = "VE_SDE")
  })
  private interface TransportTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = TimeLaw.LogitNormal.class, name = "LOGIT_NORMAL"),
    @JsonSubTypes.Type(value = TimeLaw.LogNormal.class, name = "LOG_NORMAL"),
    @JsonSubTypes.Type(value = TimeLaw.ArctanLogNormal.class, name = "ARCTAN_LOG_NORMAL"),
    @JsonSubTypes.Type(value = TimeLaw.Uniform.class, name = "UNIFORM"),
    @JsonSubTypes.Type(value = TimeLaw.LogUniform.class, name = "LOG_UNIFORM")
  })
  private interface TimeLawTypes {}
}
