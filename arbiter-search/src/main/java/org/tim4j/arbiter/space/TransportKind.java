package org.tim4j.arbiter.space;

import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/** The transports that a search chooses from, with their default settings. */
public enum TransportKind {
  /** {@link OtFlowMatching}, whose times are logit-normal. */
  OT_FM(0, 1, 1) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      return new OtFlowMatching(new TimeLaw.LogitNormal(mean, std), sigmaData);
    }
  },
  /** {@link TrigFlow}, whose times have a log-normal tangent. */
  TRIG_FLOW(-1, 1.6, 0.5) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      return new TrigFlow(new TimeLaw.ArctanLogNormal(mean, std), sigmaData);
    }
  },
  /** {@link Edm}, whose times are log-normal. */
  EDM(-1.2, 1.2, 0.5) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      return new Edm(new TimeLaw.LogNormal(mean, std), sigmaData);
    }
  },
  /** {@link EdmOfficial}, whose times are log-normal. */
  EDM_OFFICIAL(-1.2, 1.2, 0.5) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      return new EdmOfficial(new Edm(new TimeLaw.LogNormal(mean, std), sigmaData));
    }
  },
  /** {@link VpSde}, whose times are uniform whatever mean and deviation are. */
  VP_SDE(0, 1, 1) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      VpSde standard = VpSde.standard();
      return new VpSde(
          standard.betaMin(),
          standard.betaRange(),
          standard.tMin(),
          standard.timesteps(),
          sigmaData);
    }
  },
  /** {@link VeSde}, whose times are log-uniform whatever mean and deviation are. */
  VE_SDE(0, 1, 1) {
    @Override
    Transport create(double mean, double std, double sigmaData) {
      VeSde standard = VeSde.standard();
      return new VeSde(standard.tMin(), standard.tMax(), sigmaData);
    }
  };

  private final double timeMean;
  private final double timeStd;
  private final double sigmaData;

  TransportKind(double timeMean, double timeStd, double sigmaData) {
    this.timeMean = timeMean;
    this.timeStd = timeStd;
    this.sigmaData = sigmaData;
  }

  double timeMean() {
    return timeMean;
  }

  double timeStd() {
    return timeStd;
  }

  double sigmaData() {
    return sigmaData;
  }

  abstract Transport create(double timeMean, double timeStd, double sigmaData);
}
