package org.tim4j.tribuo.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.ColumnProto;
import org.tim4j.tribuo.protos.DerivedColumnProto;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

class DependenciesTest {
  private static MutableDataset<Label> data(int rows, IntFunction<Map<String, Double>> row) {
    MutableDataset<Label> data = Rows.dataset();
    IntStream.range(0, rows).forEach(i -> data.add(Rows.example(row.apply(i))));
    return data;
  }

  /** Decodes random codes: the relations hold whatever the network gives. */
  private static List<Map<String, Double>> random(MutableDataset<Label> data, Scaling scaling) {
    TabularEncoding fitted = TabularEncoding.fit(data, scaling, "@");
    for (Example<Label> example : data) {
      assertEquals(
          Rows.values(example), Rows.values(fitted.decode(fitted.encode(example), Rows.LABEL)));
    }
    TabularEncoding encoding =
        TabularEncoding.deserialize(fitted.serialize(), data.getFeatureIDMap());
    RandomStream random = RandomStream.of(1, 0, Purpose.NOISE);
    return IntStream.range(0, 500)
        .mapToObj(i -> Rows.values(encoding.decode(random.gaussians(encoding.width()), Rows.LABEL)))
        .toList();
  }

  @Test
  void copiesCodesAndPartsOfAHierarchyAlwaysAgree() {
    String[] cities = {"Rome", "Milan", "Paris", "Lyon", "Bonn"};
    String[] countries = {"it", "it", "fr", "fr", "de"};
    MutableDataset<Label> data =
        data(
            300,
            i -> {
              int city = i * i % 5 == 0 ? i % 5 : i * 7 % 5;
              Map<String, Double> row = new HashMap<>();
              row.put("city@" + cities[city], 1.0);
              row.put("country@" + countries[city], 1.0);
              row.put("code", 10.0 * city);
              row.put("negative", 1 - 0.5 * city);
              row.put("free", Math.rint(1000 * Math.sin(i)) / 1000);
              return row;
            });
    for (Scaling scaling : Scaling.values()) {
      assertEquals(6, TabularEncoding.fit(data, scaling, "@").width());
      for (Map<String, Double> row : random(data, scaling)) {
        int city = (int) (row.get("code") / 10);
        assertEquals(1.0, row.get("city@" + cities[city]), row.toString());
        assertEquals(1.0, row.get("country@" + countries[city]), row.toString());
        assertEquals(1 - 0.5 * city, row.get("negative"));
      }
    }
  }

  @Test
  void whetherAValueIsMissingMayFollowToo() {
    MutableDataset<Label> data =
        data(
            200,
            i -> {
              Map<String, Double> row = new HashMap<>();
              row.put(i % 3 == 0 ? "asked@yes" : "asked@no", 1.0);
              row.put("wave", Math.cos(i));
              if (i % 3 == 0) {
                row.put("answer", 4.0);
              }
              return row;
            });
    for (Map<String, Double> row : random(data, Scaling.QUANTILE)) {
      assertEquals(row.containsKey("asked@yes"), row.containsKey("answer"), row.toString());
    }
  }

  /** With few rows, or a value that nearly all rows have, agreement says nothing. */
  @Test
  void whatAgreesByChanceIsLearntAndNotAssumed() {
    MutableDataset<Label> few =
        data(16, i -> Map.of("a", (double) (i % 2), "b", (double) (i % 2), "c", Math.sin(i)));
    assertEquals(3, TabularEncoding.fit(few, Scaling.QUANTILE, "@").width());
    MutableDataset<Label> many =
        data(400, i -> Map.of("a", (double) (i % 4), "b", i == 8 ? 1.0 : 0.0, "c", Math.sin(i)));
    assertEquals(3, TabularEncoding.fit(many, Scaling.QUANTILE, "@").width());
    MutableDataset<Label> contradicted =
        data(400, i -> Map.of("a", (double) (i % 4), "b", i == 9 ? 2.0 : i % 4, "c", Math.sin(i)));
    assertEquals(3, TabularEncoding.fit(contradicted, Scaling.QUANTILE, "@").width());
  }

  @Test
  void damagedMessagesAreRefused() {
    DerivedColumnProto good =
        DerivedColumnProto.newBuilder()
            .addSource(0)
            .addFeatures(1)
            .addKeys(1)
            .addKeys(2)
            .addValues(3)
            .addValues(4)
            .build();
    Column.deserialize(ColumnProto.newBuilder().setDerived(good).build());
    for (DerivedColumnProto damaged :
        List.of(
            good.toBuilder().setKeys(1, 1).build(),
            good.toBuilder().addValues(5).build(),
            good.toBuilder().clearSource().build())) {
      ColumnProto column = ColumnProto.newBuilder().setDerived(damaged).build();
      assertThrows(IllegalStateException.class, () -> Column.deserialize(column));
    }
  }
}
