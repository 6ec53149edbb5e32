package org.tim4j.tribuo.config;

import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** The path between data and noise that a generator is trained on. */
public enum TransportChoice {
  /** Straight lines; the path of the paper's experiments. */
  OT_FLOW_MATCHING(OtFlowMatching.standard()),
  /** Quarter circles. */
  TRIG_FLOW(TrigFlow.standard()),
  /** Variance exploding, preconditioned. */
  EDM(Edm.standard()),
  /** Variance preserving. */
  VP_SDE(VpSde.standard()),
  /** Variance exploding. */
  VE_SDE(VeSde.standard());

  private final Transport transport;

  TransportChoice(Transport transport) {
    this.transport = transport;
  }

  /** The transport with its defaults. */
  public Transport transport() {
    return transport;
  }
}
