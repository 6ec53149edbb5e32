package org.tim4j.objective.reference;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;
import org.tim4j.objective.transport.VpSde;

/**
 * Makes the transport that a reference file names: a family in one of the authors' two spellings
 * and perhaps more, such as {@code otfm}, {@code OT_FM_t2i} or {@code EDM_sd0.8_official}.
 */
final class ReferenceTransports {
  private static final Pattern NAME =
      Pattern.compile("(OT_?FM|TrigFlow|EDM|VP|VE)(_.*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGMA_DATA = Pattern.compile("_sd(\\d+(\\.\\d+)?)(_|$)");

  private static final String SIGMA = "sigma_d";
  private static final String T_MIN = "T_min";
  private static final String T_MAX = "T_max";

  private ReferenceTransports() {}

  /**
   * Returns the transport of a name and a description's parameters.
   *
   * @throws InvalidInputException if no transport is known by that name, a parameter is missing or
   *     does not fit, or name and parameters differ
   */
  static Transport of(String name, JsonFields params) {
    double sigma = params.number(SIGMA);
    OptionalDouble named = sigmaData(name);
    if (named.isPresent() && named.getAsDouble() != sigma) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: %s is %s, but the name says %s",
              params.where(),
              SIGMA,
              sigma,
              named.getAsDouble()));
    }
    Transport transport =
        switch (family(name)) {
          case "otfm" ->
              new OtFlowMatching(new TimeLaw.LogitNormal(mean(params), deviation(params)), sigma);
          case "trigflow" ->
              new TrigFlow(new TimeLaw.ArctanLogNormal(mean(params), deviation(params)), sigma);
          case "edm" ->
              edm(name, new Edm(new TimeLaw.LogNormal(mean(params), deviation(params)), sigma));
          case "vp" ->
              new VpSde(
                  params.number("beta_min"),
                  params.number("beta_d"),
                  params.number("epsilon_t"),
                  params.count("T"),
                  sigma);
          default -> new VeSde(params.number("sigma_min"), params.number("sigma_max"), sigma);
        };
    return BoundedTransport.of(transport, params.number(T_MIN), params.number(T_MAX));
  }

  /**
   * Returns the transport of a name alone, with the published parameters; for sampling, which the
   * distribution of training times does not touch.
   *
   * @param times hold the smallest and largest time
   */
  static Transport standard(String name, JsonFields times) {
    double tMin = times.number(T_MIN);
    double tMax = times.number(T_MAX);
    Edm edm = Edm.standard();
    Transport transport =
        switch (family(name)) {
          case "otfm" -> OtFlowMatching.standard();
          case "trigflow" -> TrigFlow.standard();
          case "edm" -> edm(name, new Edm(edm.timeLaw(), sigmaData(name).orElse(edm.sigmaData())));
          case "vp" -> VpSde.standard();
          default -> VeSde.standard();
        };
    return BoundedTransport.of(transport, tMin, tMax);
  }

  /** Whether the authors' formula loses digits: exp(l) - 1 at small times. */
  static boolean cancels(String name) {
    return family(name).equals("vp");
  }

  /** The authors' code is meant unless the name says that its formulas were corrected. */
  private static Transport edm(String name, Edm edm) {
    return name.endsWith("_corrected") || edm.sigmaData() == 1 ? edm : new EdmOfficial(edm);
  }

  private static String family(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new InvalidInputException("no transport is known by the name " + name);
    }
    return matcher.group(1).replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static OptionalDouble sigmaData(String name) {
    Matcher matcher = SIGMA_DATA.matcher(name);
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private static double mean(JsonFields params) {
    return params.number("P_mean");
  }

  private static double deviation(JsonFields params) {
    return params.number("P_std");
  }
}
