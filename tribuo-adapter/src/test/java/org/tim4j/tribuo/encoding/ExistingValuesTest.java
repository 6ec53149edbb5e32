package org.tim4j.tribuo.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;

/** Numbers with few values, and values that many rows share. */
class ExistingValuesTest {
  private static final int ROWS = 1000;

  private static Dataset<Label> column(IntToDoubleFunction value) {
    return Rows.column(IntStream.range(0, ROWS).mapToDouble(value).toArray());
  }

  private static double decoded(TabularEncoding encoding, double[] code) {
    return Rows.values(encoding.decode(code, Rows.LABEL)).get("x");
  }

  /** Decoded codes of the rows with normal noise, as a generator gives them. */
  private static double[] noisy(TabularEncoding encoding, Dataset<Label> data, double noise) {
    RandomStream random = RandomStream.of(1, 0, Purpose.NOISE);
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      double[] code = encoding.encode(data.getExample(i));
      for (int j = 0; j < code.length; j++) {
        code[j] += noise * random.nextGaussian();
      }
      values[i] = decoded(encoding, code);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "-1;1, QUANTILE", "1;9, QUANTILE", "10;20;30, QUANTILE", "1990;1995;2000;2010;2020, QUANTILE",
    "-1;1, STANDARD", "1;9, STANDARD", "10;20;30, STANDARD", "0.1;0.25;3.75, STANDARD"
  })
  void onlyValuesThatExistAreDecoded(String list, Scaling scaling) {
    double[] values = Arrays.stream(list.split(";")).mapToDouble(Double::parseDouble).toArray();
    TabularEncoding encoding =
        TabularEncoding.fit(column(i -> values[i % values.length]), scaling, "@");
    assertEquals(1, encoding.width());
    Set<Double> decoded = new TreeSet<>();
    for (double code = -4; code <= 4; code += 0.01) {
      decoded.add(decoded(encoding, new double[] {code}));
    }
    assertEquals(Arrays.stream(values).boxed().collect(Collectors.toSet()), decoded);
  }

  /** 99.5 % of the cells are 0.01; between them and the others nothing is made up. */
  @ParameterizedTest
  @EnumSource(Scaling.class)
  void aPointMassKeepsItsShareWhereverItLies(Scaling scaling) {
    for (double mass : new double[] {0.01, -7, 0}) {
      Dataset<Label> data =
          column(i -> i % 200 == 0 ? mass + 1 + 0.001 * i : i % 200 == 1 ? mass - 1.5 : mass);
      TabularEncoding encoding = TabularEncoding.fit(data, scaling, "@");
      double[] values = noisy(encoding, data, 0.1);
      long share = Arrays.stream(values).filter(value -> value == mass).count();
      assertEquals(0.99 * ROWS, share, 0.005 * ROWS, "at " + mass);
    }
  }

  /** A refund: 80 % zeros, the others between 5 and 505. */
  @ParameterizedTest
  @EnumSource(Scaling.class)
  void nothingIsDecodedBetweenAPointMassAndTheOthers(Scaling scaling) {
    Dataset<Label> data = column(i -> i % 5 > 0 ? 0 : 5 + 0.5 * i + 1e-4 * (i % 7));
    TabularEncoding encoding = TabularEncoding.fit(data, scaling, "@");
    double[] values = noisy(encoding, data, 0.15);
    assertEquals(0.8, Arrays.stream(values).filter(v -> v == 0).count() / (double) ROWS, 0.02);
    assertTrue(Arrays.stream(values).noneMatch(v -> v != 0 && v < 5));
  }

  /** Values of single rows are no atoms: what is decoded is not one of them. */
  @ParameterizedTest
  @EnumSource(Scaling.class)
  void valuesOfSingleRowsAreNotRepeated(Scaling scaling) {
    Dataset<Label> data = column(i -> Math.log((i + 0.5) / (ROWS - i - 0.5)));
    TabularEncoding encoding = TabularEncoding.fit(data, scaling, "@");
    Set<Double> real = new TreeSet<>();
    data.forEach(row -> real.add(Rows.values(row).get("x")));
    double[] values = noisy(encoding, data, 0.1);
    assertTrue(Arrays.stream(values).filter(real::contains).count() < 0.1 * ROWS);
  }
}
