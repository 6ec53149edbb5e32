package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.POSITIVE;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PartitionMode;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterNdAdd;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterNdSub;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterNdUpdate;
import org.nd4j.linalg.api.ops.impl.shape.Repeat;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each rule that joins or replaces rows by their numbers. */
final class SegmentCases {
  private SegmentCases() {}

  static List<RuleCase> all() {
    return Stream.of(segments(), scatters(), partitions()).flatMap(List::stream).toList();
  }

  private static List<RuleCase> segments() {
    return List.of(
        rows("segment sum", (g, x) -> g.segmentSum(x, sorted(g))),
        rows("segment mean", (g, x) -> g.segmentMean(x, sorted(g))),
        rows("segment max", (g, x) -> g.segmentMax(x, sorted(g))),
        rows("segment min", (g, x) -> g.segmentMin(x, sorted(g))),
        rows("segment prod", (g, x) -> g.segmentProd(x, sorted(g))),
        rows("unsorted segment sum", (g, x) -> g.unsortedSegmentSum(x, mixed(g), 3)),
        rows("unsorted segment mean", (g, x) -> g.unsortedSegmentMean(x, mixed(g), 3)),
        rows("unsorted segment max", (g, x) -> g.unsortedSegmentMax(x, mixed(g), 3)),
        rows("unsorted segment min", (g, x) -> g.unsortedSegmentMin(x, mixed(g), 3)),
        rows("unsorted segment prod", (g, x) -> g.unsortedSegmentProd(x, mixed(g), 3)),
        rows("unsorted segment by root", (g, x) -> g.unsortedSegmentSqrtN(x, mixed(g), 3)));
  }

  private static List<RuleCase> scatters() {
    return List.of(
        scatter("scatter add", SameDiff::scatterAdd),
        RuleCase.of(
            "scatter mul, a row twice",
            (g, x) -> g.scatterMul(x[0], g.constant(Nd4j.createFromArray(1, 1)), x[1]),
            new long[] {2, 3},
            new long[] {2, 3}),
        scatter("scatter sub", SameDiff::scatterSub),
        scatter("scatter mul", SameDiff::scatterMul),
        scatter("scatter div", SameDiff::scatterDiv).on(POSITIVE),
        scatter(
            "scatter nd add",
            (g, r, i, u) -> new ScatterNdAdd(g, r, g.expandDims(i, 1), u).outputVariable()),
        scatter(
            "scatter nd sub",
            (g, r, i, u) -> new ScatterNdSub(g, r, g.expandDims(i, 1), u).outputVariable()),
        scatter(
            "scatter nd update",
            (g, r, i, u) -> new ScatterNdUpdate(g, r, g.expandDims(i, 1), u).outputVariable()),
        scatter("scatter max", SameDiff::scatterMax),
        scatter("scatter min", SameDiff::scatterMin));
  }

  private static List<RuleCase> partitions() {
    return List.of(
        rows(
            "dynamic partition",
            (g, x) -> {
              SDVariable[] parts = g.dynamicPartition(x, mixed(g), 3);
              return parts[0].mul(parts[2]);
            }),
        rows(
            "dynamic stitch",
            (g, x) ->
                g.dynamicStitch(
                    new SDVariable[] {
                      g.constant(Nd4j.createFromArray(0, 2)), g.constant(Nd4j.createFromArray(1, 3))
                    },
                    g.slice(x, new int[] {0, 0}, 2, 4),
                    g.slice(x, new int[] {2, 0}, 2, 4))),
        rows("repeat", SegmentCases::repeatedThrice),
        rows(
            "reverse sequence",
            (g, x) ->
                g.reverseSequence(
                    x, g.constant(Nd4j.createFromArray(2L, 4L, 1L, 3L, 4L, 2L)), 1, 0)),
        rows(
            "embedding lookup",
            (g, x) ->
                g.math.embeddingLookup(
                    x, g.constant(Nd4j.createFromArray(3, 0, 3)), PartitionMode.MOD)));
  }

  /** SameDiff.repeat itself would not tell native code the count and the axis. */
  private static SDVariable repeatedThrice(SameDiff graph, SDVariable x) {
    Repeat repeat = new Repeat(graph, new SDVariable[] {x}, 1);
    repeat.addIArgument(3, 1);
    return repeat.outputVariable();
  }

  private interface Scatter {
    SDVariable of(SameDiff g, SDVariable ref, SDVariable indices, SDVariable updates);
  }

  private static RuleCase scatter(String name, Scatter scatter) {
    return RuleCase.of(
        name,
        (g, x) -> scatter.of(g, x[0], g.constant(Nd4j.createFromArray(4, 0, 5)), x[1]),
        new long[] {6, 4},
        new long[] {3, 4});
  }

  private static SDVariable sorted(SameDiff graph) {
    return graph.constant(Nd4j.createFromArray(0, 0, 1, 1, 1, 2));
  }

  private static SDVariable mixed(SameDiff graph) {
    return graph.constant(Nd4j.createFromArray(2, 0, 1, 1, 0, 2));
  }

  private static RuleCase rows(String name, BiFunction<SameDiff, SDVariable, SDVariable> f) {
    return RuleCase.of(name, (g, x) -> f.apply(g, x[0]), new long[] {6, 4});
  }
}
