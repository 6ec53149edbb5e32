package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.INSIDE_ONE;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.NOT_ZERO;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.POSITIVE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.controlflow.Select;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RealDivOp;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each rule that acts on elements, with one or two operands. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.addAll(functions());
    cases.addAll(arithmetic());
    cases.addAll(selection());
    return cases;
  }

  private static List<RuleCase> functions() {
    return List.of(
        unary("neg", (g, x) -> g.math.neg(x)),
        unary("identity", (g, x) -> g.identity(x)),
        unary("exp", (g, x) -> g.math.exp(x)),
        unary("expm1", (g, x) -> g.math.expm1(x)),
        unary("log", (g, x) -> g.math.log(x)).on(POSITIVE),
        unary("log1p", (g, x) -> g.math.log1p(x)).on(POSITIVE),
        unary("erf", (g, x) -> g.math.erf(x)),
        unary("erfc", (g, x) -> g.math.erfc(x)),
        unary("sqrt", (g, x) -> g.math.sqrt(x)).on(POSITIVE),
        unary("rsqrt", (g, x) -> g.math.rsqrt(x)).on(POSITIVE),
        unary("square", (g, x) -> g.math.square(x)),
        unary("cube", (g, x) -> g.math.cube(x)),
        unary("reciprocal", (g, x) -> g.math.reciprocal(x)).on(POSITIVE),
        unary("pow 3", (g, x) -> g.math.pow(x, 3)),
        unary("pow -1.5", (g, x) -> g.math.pow(x, -1.5)).on(POSITIVE),
        unary("abs", (g, x) -> g.math.abs(x)).on(NOT_ZERO),
        unary("sin", (g, x) -> g.math.sin(x)),
        unary("cos", (g, x) -> g.math.cos(x)),
        unary("tan", (g, x) -> g.math.tan(x)).on(INSIDE_ONE),
        unary("sinh", (g, x) -> g.math.sinh(x)),
        unary("cosh", (g, x) -> g.math.cosh(x)),
        unary("tanh", (g, x) -> g.math.tanh(x)),
        unary("asin", (g, x) -> g.math.asin(x.mul(0.8))).on(INSIDE_ONE),
        unary("acos", (g, x) -> g.math.acos(x.mul(0.8))).on(INSIDE_ONE),
        unary("atan", (g, x) -> g.math.atan(x)),
        unary("sigmoid", (g, x) -> g.nn.sigmoid(x)),
        unary("log_sigmoid", (g, x) -> g.nn.logSigmoid(x)),
        unary("softplus", (g, x) -> g.nn.softplus(x)),
        unary("softsign", (g, x) -> g.nn.softsign(x)).on(NOT_ZERO),
        unary("swish", (g, x) -> g.nn.swish(x)),
        unary("gelu", (g, x) -> g.nn.gelu(x)),
        unary("precise_gelu", (g, x) -> g.nn.preciseGelu(x)),
        unary("selu", (g, x) -> g.nn.selu(x)).on(NOT_ZERO),
        unary("elu", (g, x) -> g.nn.elu(x)).on(NOT_ZERO),
        unary("hardtanh", (g, x) -> g.nn.hardTanh(x.mul(2))).on(NOT_ZERO),
        unary("relu", (g, x) -> g.nn.relu(x, 0)).on(NOT_ZERO),
        unary("relu6", (g, x) -> g.nn.relu6(x.mul(10), 0)).on(NOT_ZERO),
        unary("leaky relu", (g, x) -> g.nn.leakyRelu(x, 0.3)).on(NOT_ZERO),
        unary("cast to float and back", (g, x) -> x.mul(x).castTo(DataType.DOUBLE)));
  }

  private static List<RuleCase> arithmetic() {
    List<RuleCase> cases = new ArrayList<>();
    for (long[][] s :
        new long[][][] {
          {{2, 3, 4}, {2, 3, 4}}, {{2, 3, 4}, {2, 1, 4}}, {{2, 1, 4}, {2, 3, 4}},
          {{2, 3, 4}, {4}}, {{4}, {2, 3, 4}}, {{2, 1, 4}, {1, 3, 1}}
        }) {
      String shapes = " " + Arrays.toString(s[0]) + " " + Arrays.toString(s[1]);
      cases.add(RuleCase.of("add" + shapes, (g, x) -> x[0].add(x[1]), s));
      cases.add(RuleCase.of("sub" + shapes, (g, x) -> x[0].sub(x[1]), s));
      cases.add(RuleCase.of("rsub" + shapes, (g, x) -> x[0].rsub(x[1]), s));
      cases.add(RuleCase.of("mul" + shapes, (g, x) -> x[0].mul(x[1]), s));
      cases.add(RuleCase.of("div" + shapes, (g, x) -> x[0].div(x[1]), s).on(POSITIVE));
      cases.add(RuleCase.of("rdiv" + shapes, (g, x) -> x[0].rdiv(x[1]), s).on(POSITIVE));
      cases.add(
          RuleCase.of("squared difference" + shapes, (g, x) -> x[0].squaredDifference(x[1]), s));
      cases.add(RuleCase.of("pow" + shapes, (g, x) -> g.math.pow(x[0], x[1]), s).on(POSITIVE));
      cases.add(RuleCase.of("max" + shapes, (g, x) -> g.math.max(x[0], x[1]), s));
      cases.add(RuleCase.of("min" + shapes, (g, x) -> g.math.min(x[0], x[1]), s));
      cases.add(
          RuleCase.of("realdiv" + shapes, (g, x) -> new RealDivOp(g, x, false).outputVariable(), s)
              .on(POSITIVE));
    }
    long[][] equal = {{2, 3}, {2, 3}};
    cases.add(RuleCase.of("atan2", (g, x) -> g.math.atan2(x[0], x[1]), equal).on(NOT_ZERO));
    cases.add(RuleCase.of("merge add", (g, x) -> g.math.mergeAdd(x[0], x[1], x[0]), equal));
    cases.add(RuleCase.of("merge average", (g, x) -> g.math.mergeAvg(x[0], x[1]), equal));
    cases.add(RuleCase.of("x + x", (g, x) -> x[0].add(x[0]), new long[] {2, 3}));
    cases.add(unary("add scalar", (g, x) -> x.add(2)));
    cases.add(unary("sub scalar", (g, x) -> x.sub(2)));
    cases.add(unary("mul scalar", (g, x) -> x.mul(-2.5)));
    cases.add(unary("div scalar", (g, x) -> x.div(3)));
    cases.add(unary("rsub scalar", (g, x) -> x.rsub(2)));
    cases.add(unary("rdiv scalar", (g, x) -> x.rdiv(2)).on(POSITIVE));
    cases.add(unary("add constant", (g, x) -> x.add(g.constant(Nd4j.scalar(2.0)))));
    cases.add(
        unary(
            "widened by a constant",
            (g, x) -> x.add(g.constant(Nd4j.ones(DataType.DOUBLE, 5, 1, 1, 1)))));
    return cases;
  }

  private static List<RuleCase> selection() {
    return List.of(
        unary("max scalar", (g, x) -> g.scalarMax(x, 0.3)),
        unary("min scalar", (g, x) -> g.scalarMin(x, 0.3)),
        unary("clip", (g, x) -> g.math.clipByValue(x, -0.2, 0.3)),
        RuleCase.of(
            "where",
            (g, x) -> g.where(x[0], x[1], x[0].gt(0)),
            new long[] {2, 3},
            new long[] {2, 3}),
        RuleCase.of(
            "select",
            (g, x) -> {
              SDVariable[] arguments = {x[0].gt(0), x[0], x[1]};
              return new Select(g, arguments).outputVariable();
            },
            new long[] {2, 3},
            new long[] {2, 3}),
        unary(
            "one hot",
            (g, x) -> g.oneHot(g.reshape(x, 24), 2, -1, 1, 0, DataType.DOUBLE).sum(0).add(x.sum())),
        unary("stop gradient", (g, x) -> x.mul(2).add(stopped(g, x).mul(0))),
        unary("sign", (g, x) -> g.math.sign(x).add(x)).on(NOT_ZERO),
        unary("step", (g, x) -> g.math.step(x, 0).mul(x)).on(NOT_ZERO),
        unary("floor", (g, x) -> x.sub(g.math.floor(x))),
        unary("ceil", (g, x) -> x.sub(g.math.ceil(x))),
        unary("round", (g, x) -> x.sub(g.math.round(x))),
        unary("zeros and ones", (g, x) -> x.mul(g.onesLike(x)).add(g.zerosLike(x))));
  }

  static SDVariable stopped(SameDiff graph, SDVariable x) {
    return new StopGradient(graph, x).outputVariable();
  }

  private static RuleCase unary(String name, BiFunction<SameDiff, SDVariable, SDVariable> f) {
    return RuleCase.of(name, (g, x) -> f.apply(g, x[0]), new long[] {2, 3, 4});
  }
}
