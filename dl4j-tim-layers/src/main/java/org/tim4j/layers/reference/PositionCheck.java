package org.tim4j.layers.reference;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.Rotary;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.definition.Sinusoid;

/**
 * How times and places enter: the sinusoid of a time, rotary tables and the turn of pairs.
 *
 * @param file holds the arrays
 */
record PositionCheck(ReferenceFile file) {
  private static final Pattern TABLES =
      Pattern.compile("rope/(\\d{1,4})x(\\d{1,4})/hd=(\\d{1,4})/");
  private static final Pattern GRID = Pattern.compile("rope/(\\d{1,4})x(\\d{1,4})/");

  /** The authors compute these tables in single precision. */
  private static final double TABLE_TOLERANCE = 1e-6;

  List<CaseResult> run() {
    return List.of(
        rotary(),
        sinusoid("sinusoid", Precision.SINGLE, "temb/sinusoid", roundingOfAngles()),
        sinusoid(
            "sinusoid double", Precision.DOUBLE, "temb/sinusoid_f64", Precision.DOUBLE.tolerance()),
        quarterTurn());
  }

  private CaseResult rotary() {
    Comparison result = new Comparison(file.name(), "rope", Precision.SINGLE, TABLE_TOLERANCE);
    for (Matcher table : file.matches(TABLES)) {
      new RotaryCheck(file, table.group(), grid(table), Integer.parseInt(table.group(3)))
          .compare(result);
    }
    for (Matcher table : file.matches(GRID)) {
      String key = table.group() + "grid";
      TokenGrid grid = grid(table);
      double[] expected =
          LongStream.of(file.wholeNumbers(key, 2, grid.tokens())).asDoubleStream().toArray();
      result.compare(key, expected, coordinates(grid));
    }
    return result.result();
  }

  private static TokenGrid grid(Matcher table) {
    return new TokenGrid(Long.parseLong(table.group(1)), Long.parseLong(table.group(2)), true);
  }

  /** First and second coordinate of every token, {@code [2, tokens]}. */
  private static double[] coordinates(TokenGrid grid) {
    int tokens = Math.toIntExact(grid.tokens());
    long rowLength = RopeOrder.OFFICIAL.rowLength(grid.height(), grid.width());
    double[] coordinates = new double[2 * tokens];
    for (int token = 0; token < tokens; token++) {
      coordinates[token] = token % rowLength;
      coordinates[tokens + token] = token / rowLength;
    }
    return coordinates;
  }

  /** Time and frequency are both rounded to single precision before the authors multiply them. */
  private double roundingOfAngles() {
    double largest =
        Arrays.stream(file.doubles("temb/t", ReferenceFile.ANY)).map(Math::abs).max().orElse(0);
    return Math.max(Precision.SINGLE.tolerance(), largest * Math.ulp(1f));
  }

  private CaseResult sinusoid(String name, Precision precision, String key, double tolerance) {
    double[] times = file.doubles("temb/t", ReferenceFile.ANY);
    double[] frequencies = Sinusoid.frequencies();
    double[] sinusoid = new double[times.length * MethodConstants.SINUSOID_WIDTH];
    for (int i = 0; i < times.length; i++) {
      for (int j = 0; j < frequencies.length; j++) {
        int at = i * MethodConstants.SINUSOID_WIDTH + j;
        sinusoid[at] = Math.cos(times[i] * frequencies[j]);
        sinusoid[at + frequencies.length] = Math.sin(times[i] * frequencies[j]);
      }
    }
    return new Comparison(file.name(), name, precision, tolerance)
        .compare(key, file.doubles(key, times.length, MethodConstants.SINUSOID_WIDTH), sinusoid)
        .result();
  }

  private CaseResult quarterTurn() {
    long[] shape = file.shape("rotate_half/x", 3);
    INDArray rows =
        file.array("rotate_half/x", DataType.DOUBLE, shape).reshape(shape[0] * shape[1], shape[2]);
    return new Comparison(file.name(), "rotate_half", Precision.DOUBLE)
        .compare(
            "out",
            file.doubles("rotate_half/out", shape),
            rows.mmul(Rotary.quarterTurn(Math.toIntExact(shape[2]))))
        .result();
  }
}
