package org.tim4j.tribuo.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.ConstantColumnProto;
import org.tim4j.tribuo.protos.TabularEncodingProto;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.Label;

class TabularEncodingTest {

  @SuppressWarnings("unchecked")
  private static final Dataset<Label> MIXED =
      Rows.dataset(
          Map.of("colour@red", 1.0, "age", 30.0, "height", 1.75, "constant", 4.0),
          Map.of("colour@green", 1.0, "age", 41.0, "height", 1.6, "constant", 4.0, "rare", 0.25),
          Map.of("colour@blue", 1.0, "age", -3.0, "height", 1.8, "constant", 4.0),
          Map.of("colour@red", 1.0, "age", 18.0, "height", 2.0, "constant", 4.0, "rare", 0.5));

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void everyTrainingRowComesBackExactly(Scaling scaling) {
    TabularEncoding encoding = TabularEncoding.fit(MIXED, scaling, "@");
    for (Example<Label> example : MIXED) {
      assertEquals(
          Rows.values(example), Rows.values(encoding.decode(encoding.encode(example), Rows.LABEL)));
    }
  }

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void numbersWithoutCommonDecimalsComeBackUpToRounding(Scaling scaling) {
    double[] values = {Math.PI, Math.E, Math.sqrt(2), -1e-3 * Math.PI};
    Dataset<Label> data = Rows.column(values);
    TabularEncoding encoding = TabularEncoding.fit(data, scaling, "@");
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], decodedX(encoding, encoding.encode(data.getExample(i))), 1e-15);
    }
  }

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void hugeRangesNeitherOverflowNorLoseTheirEnds(Scaling scaling) {
    double[] values = {-1.7e308, 1.7e308, 1.5e-300};
    Dataset<Label> data = Rows.column(values);
    TabularEncoding encoding = TabularEncoding.fit(data, scaling, "@");
    for (int i = 0; i < values.length; i++) {
      double[] code = encoding.encode(data.getExample(i));
      assertTrue(Math.abs(code[0]) < 2, "code " + code[0]);
      assertEquals(values[i], decodedX(encoding, code), 1e-14 * 1.7e308);
    }
  }

  @Test
  void standardisationGivesZeroMeanAndUnitVariance() {
    Dataset<Label> data = Rows.column(1, 2, 3, 6);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    double deviation = Math.sqrt(3.5);
    double[] expected = {-2 / deviation, -1 / deviation, 0, 3 / deviation};
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(new double[] {expected[i]}, encoding.encode(data.getExample(i)), 1e-15);
    }
  }

  @Test
  void quantilesAreThoseOfTheMidRanks() {
    Dataset<Label> data = Rows.column(10, 20, 20, 1000);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.QUANTILE, "@");
    // Standard normal quantiles of 1/8, 1/2 and 7/8.
    assertEquals(-1.1503493803760079, encoding.encode(data.getExample(0))[0], 1e-12);
    assertEquals(0, encoding.encode(data.getExample(1))[0], 1e-12);
    assertEquals(1.1503493803760079, encoding.encode(data.getExample(3))[0], 1e-12);
    assertEquals(510, decodedX(encoding, new double[] {1.1503493803760079 / 2}));
  }

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void generatedNumbersAreRoundedAndStayInRange(Scaling scaling) {
    TabularEncoding integers = TabularEncoding.fit(Rows.column(1, 2, 7, 9), scaling, "@");
    assertEquals(9, decodedX(integers, new double[] {50}));
    assertEquals(1, decodedX(integers, new double[] {-50}));
    double between = decodedX(integers, new double[] {0.2});
    assertEquals(Math.rint(between), between);
    TabularEncoding tenths = TabularEncoding.fit(Rows.column(0.1, 0.3, 2.7), scaling, "@");
    double tenth = decodedX(tenths, new double[] {0.123});
    assertEquals(Math.rint(10 * tenth) / 10, tenth);
  }

  @Test
  void constantColumnsNeedNoCodeAndComeBack() {
    Dataset<Label> data = Rows.column(-0.125, -0.125);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    assertEquals(0, encoding.width());
    assertEquals(-0.125, decodedX(encoding, new double[0]));
  }

  @Test
  void aGroupIsGeneratedAsOneCategory() {
    TabularEncoding encoding = TabularEncoding.fit(MIXED, Scaling.STANDARD, "@");
    Column group = encoding.columns().get(0);
    assertEquals(3, group.width());
    double[] code = encoding.encode(MIXED.getExample(0));
    code[0] = 0.2;
    code[1] = 0.3;
    code[2] = -0.1;
    // Feature ids follow the names: blue, green, red.
    Map<String, Double> row = Rows.values(encoding.decode(code, Rows.LABEL));
    assertEquals(1.0, row.get("colour@green"));
    assertEquals(null, row.get("colour@red"));
    assertEquals(null, row.get("colour@blue"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void realNumbersAndBagsOfWordsAreNoGroups() {
    Dataset<Label> data =
        Rows.dataset(
            Map.of("x@value", 1.0, "y@value", 2.0, "text@cat", 1.0, "text@dog", 1.0),
            Map.of("x@value", 3.0, "y@value", 1.0, "text@cat", 1.0),
            Map.of("x@value", 2.0, "y@value", 1.0, "text@dog", 1.0));
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    assertEquals(4, encoding.columns().size());
    for (Example<Label> example : data) {
      assertEquals(
          Rows.values(example), Rows.values(encoding.decode(encoding.encode(example), Rows.LABEL)));
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void aGroupMayBeEmpty() {
    Dataset<Label> data =
        Rows.dataset(Map.of("x", 1.0, "c@a", 1.0), Map.of("x", 2.0, "c@b", 1.0), Map.of("x", 3.0));
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    assertEquals(4, encoding.width());
    assertEquals(
        Map.of("x", 3.0),
        Rows.values(encoding.decode(encoding.encode(data.getExample(2)), Rows.LABEL)));
  }

  @Test
  void exactZerosAreKeptApartFromTheOtherValues() {
    Dataset<Label> data = Rows.column(0, 0, 5.5, 7.25);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    // Standard normal quantiles of 1/4 and 3/4.
    double high = 0.6744897501960817;
    assertArrayEquals(new double[] {-high, 0}, encoding.encode(data.getExample(0)), 1e-12);
    assertArrayEquals(new double[] {high, -1}, encoding.encode(data.getExample(2)), 1e-12);
    assertEquals(0, decodedX(encoding, new double[] {-0.1, 1}));
    assertEquals(7.25, decodedX(encoding, new double[] {0.1, 1}));
  }

  @Test
  @SuppressWarnings("unchecked")
  void absentFeaturesStayAbsentAndARowKeepsAtLeastOne() {
    Dataset<Label> data =
        Rows.dataset(Map.of("a", 1.0), Map.of("b", 3.0), Map.of("a", 2.0, "b", 5.0));
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    assertEquals(4, encoding.width());
    assertEquals(
        Map.of("a", 0.0), Rows.values(encoding.decode(new double[] {-1, 0, -1, 0}, Rows.LABEL)));
    assertEquals(
        Map.of("b", 3.0), Rows.values(encoding.decode(new double[] {-1, 0, 1, -1}, Rows.LABEL)));
  }

  @Test
  void unseenFeaturesAreIgnoredAndAnAbsentOneIsZero() {
    Dataset<Label> data = Rows.column(-2, 2);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.STANDARD, "@");
    assertArrayEquals(
        new double[] {1}, encoding.encode(Rows.example(Map.of("x", 2.0, "unseen", 9.0))));
    assertEquals(1, encoding.knownFeatures(Rows.example(Map.of("x", 2.0, "unseen", 9.0))));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> encoding.encode(Rows.example(Map.of("unseen", 9.0))));
    assertTrue(error.getMessage().startsWith("No known features found in Example"));
  }

  @Test
  void infiniteValuesAreNamed() {
    Dataset<Label> data = Rows.column(1, Double.POSITIVE_INFINITY);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> TabularEncoding.fit(data, Scaling.STANDARD, "@"));
    assertEquals(
        "Feature 'x' is Infinity; features must be finite, leave out those that are missing.",
        error.getMessage());
  }

  @Test
  void aCodeThatIsNotFiniteIsRefused() {
    TabularEncoding encoding = TabularEncoding.fit(Rows.column(1, 2), Scaling.STANDARD, "@");
    assertThrows(
        IllegalStateException.class, () -> encoding.decode(new double[] {Double.NaN}, Rows.LABEL));
    assertThrows(IllegalArgumentException.class, () -> encoding.decode(new double[2], Rows.LABEL));
  }

  @Test
  void emptyDataAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> TabularEncoding.fit(Rows.column(), Scaling.STANDARD, "@"));
    assertEquals("The supplied Dataset is empty; supply examples.", error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Scaling.class)
  void theMessageGivesTheSameEncodingBack(Scaling scaling) {
    TabularEncoding encoding = TabularEncoding.fit(MIXED, scaling, "@");
    TabularEncoding copy =
        TabularEncoding.deserialize(encoding.serialize(), MIXED.getFeatureIDMap());
    for (Example<Label> example : MIXED) {
      assertArrayEquals(encoding.encode(example), copy.encode(example));
    }
    assertEquals(encoding.serialize(), copy.serialize());
  }

  @Test
  void messagesThatAreNoPartitionOfTheFeaturesAreRefused() {
    ImmutableFeatureMap one = Rows.column(1, 2).getFeatureIDMap();
    TabularEncodingProto none = TabularEncodingProto.getDefaultInstance();
    assertThrows(IllegalStateException.class, () -> TabularEncoding.deserialize(none, one));
    TabularEncodingProto foreign =
        TabularEncodingProto.newBuilder()
            .addColumns(
                ColumnProto.newBuilder()
                    .setConstant(ConstantColumnProto.newBuilder().setFeature(7)))
            .build();
    assertThrows(IllegalStateException.class, () -> TabularEncoding.deserialize(foreign, one));
    TabularEncodingProto unknown =
        TabularEncodingProto.newBuilder().addColumns(ColumnProto.getDefaultInstance()).build();
    assertThrows(IllegalStateException.class, () -> TabularEncoding.deserialize(unknown, one));
  }

  private static double decodedX(TabularEncoding encoding, double[] code) {
    return Rows.values(encoding.decode(code, Rows.LABEL)).get("x");
  }
}
