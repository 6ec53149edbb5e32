package org.tim4j.objective.register;

import java.util.Map;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** The types of this library; its one weighting needs no name. */
final class BuiltInTypes implements ObjectiveTypes {
  @Override
  public Map<String, Transport> transports() {
    return Map.of(
        "OT_FM", OtFlowMatching.standard(),
        "TRIG_FLOW", TrigFlow.standard(),
        "EDM", Edm.standard(),
        "EDM_OFFICIAL", EdmOfficial.standard(),
        "VP_SDE", VpSde.standard(),
        "VE_SDE", VeSde.standard());
  }

  @Override
  public Map<String, Class<? extends TimeLaw>> timeDistributions() {
    return Map.of(
        "LOGIT_NORMAL", TimeLaw.LogitNormal.class,
        "LOG_NORMAL", TimeLaw.LogNormal.class,
        "ARCTAN_LOG_NORMAL", TimeLaw.ArctanLogNormal.class,
        "UNIFORM", TimeLaw.Uniform.class,
        "LOG_UNIFORM", TimeLaw.LogUniform.class);
  }
}
