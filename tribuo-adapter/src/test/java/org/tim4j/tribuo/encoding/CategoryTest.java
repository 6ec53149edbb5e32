package org.tim4j.tribuo.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

class CategoryTest {
  private static MutableDataset<Label> categories(int values, int rows) {
    MutableDataset<Label> data = Rows.dataset();
    for (int i = 0; i < rows; i++) {
      // Category k of many has about 1 / (k + 1) of the rows of the first.
      int value = (int) (values * Math.pow((double) (i * 7919 % rows) / rows, 2));
      data.add(Rows.example(Map.of("c@" + (i < values ? i : value), 1.0, "x", (double) i)));
    }
    return data;
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "32, 32", "33, 6", "64, 6", "65, 7", "1000, 10"})
  void manyValuesHaveABinaryCode(int values, int width) {
    MutableDataset<Label> data = categories(values, 4 * values + 100);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.QUANTILE, "@");
    assertEquals(width, encoding.columns().get(0).width());
    TabularEncoding copy =
        TabularEncoding.deserialize(encoding.serialize(), data.getFeatureIDMap());
    RandomStream random = RandomStream.of(1, 0, Purpose.NOISE);
    for (Example<Label> example : data) {
      double[] code = encoding.encode(example);
      assertArrayEquals(code, copy.encode(example));
      for (int j = 0; j < width; j++) {
        code[j] += 0.2 * random.nextGaussian();
      }
      assertEquals(Rows.values(example), Rows.values(copy.decode(code, Rows.LABEL)));
    }
  }

  @Test
  void everyCodeIsAValueThatExists() {
    MutableDataset<Label> data = categories(37, 400);
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.QUANTILE, "@");
    RandomStream random = RandomStream.of(1, 0, Purpose.NOISE);
    for (int i = 0; i < 1000; i++) {
      Map<String, Double> row =
          Rows.values(encoding.decode(random.gaussians(encoding.width()), Rows.LABEL));
      assertEquals(2, row.size(), row.toString());
    }
  }

  @Test
  void aMissingCategoryOfManyStaysMissing() {
    MutableDataset<Label> data = categories(50, 400);
    for (int i = 0; i < 60; i++) {
      data.add(Rows.example(Map.of("x", (double) i)));
    }
    TabularEncoding encoding = TabularEncoding.fit(data, Scaling.QUANTILE, "@");
    assertEquals(6, encoding.columns().get(0).width());
    for (Example<Label> example : data) {
      assertEquals(
          Rows.values(example), Rows.values(encoding.decode(encoding.encode(example), Rows.LABEL)));
    }
  }
}
