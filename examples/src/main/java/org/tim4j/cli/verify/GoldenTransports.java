package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** Makes the transport that a reference file's description names. */
final class GoldenTransports {
  private GoldenTransports() {}

  /**
   * @param name for example {@code OT_FM}, {@code otfm} or {@code EDM_sd0.5_corrected}
   * @param params the description's parameters of that transport
   */
  static Transport of(String name, JsonNode params) {
    double sigmaData = params.path("sigma_d").asDouble(1);
    double mean = params.path("P_mean").asDouble();
    double std = params.path("P_std").asDouble();
    return switch (name) {
      case "OT_FM", "OT_FM_t2i", "otfm" ->
          new OtFlowMatching(new TimeLaw.LogitNormal(mean, std), sigmaData);
      case "TrigFlow", "trigflow" ->
          new TrigFlow(new TimeLaw.ArctanLogNormal(mean, std), sigmaData);
      case "EDM_sd0.5_corrected", "EDM_sd1", "EDM" ->
          new Edm(new TimeLaw.LogNormal(mean, std), sigmaData);
      case "EDM_sd0.5_official" ->
          new EdmOfficial(new Edm(new TimeLaw.LogNormal(mean, std), sigmaData));
      case "VP_SDE" ->
          new VpSde(
              params.path("beta_min").asDouble(),
              params.path("beta_d").asDouble(),
              params.path("epsilon_t").asDouble(),
              params.path("T").asInt(),
              sigmaData);
      case "VE_SDE" ->
          new VeSde(
              params.path("sigma_min").asDouble(), params.path("sigma_max").asDouble(), sigmaData);
      default -> throw new InvalidInputException("no transport is known by the name " + name);
    };
  }
}
