package org.tim4j.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.evaluation.RecordPrivacy;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableSchema;

/** How near generated rows come to real ones. */
final class PrivacySection {
  private static final int PART = 3000;
  private static final int FEWEST = 4;

  private PrivacySection() {}

  static String html(Table real, Table synthetic, TableSchema schema) {
    String note =
        "No differential privacy: these figures describe this table and guarantee nothing.";
    if (real.rows() < FEWEST) {
      return Html.section("Privacy", note, "");
    }
    Table records = part(real, 2 * PART);
    int half = records.rows() / 2;
    Table known = records.select(IntStream.range(0, half).toArray());
    Table others = records.select(IntStream.range(half, records.rows()).toArray());
    RecordPrivacy generated = RecordPrivacy.of(known, others, part(synthetic, PART));
    RecordPrivacy floor = RecordPrivacy.of(known, others, others);
    return Html.section(
        "Privacy",
        note
            + " Duplicates equal a record; a row is memorised if one record is three times nearer than"
            + " any other. Of large tables a part is compared.",
        Html.table(
                List.of("", "generated rows", "one half of the real rows against the other"),
                List.of(
                    List.of(
                        "duplicates",
                        Html.percent(generated.duplicates()),
                        Html.percent(floor.duplicates())),
                    List.of(
                        "memorised",
                        Html.percent(generated.memorised()),
                        Html.percent(floor.memorised())),
                    List.of(
                        "median distance to the closest record, over that of real rows",
                        Html.number(generated.closestRatio()),
                        Html.number(floor.closestRatio()))))
            + ClosestRows.html(records, part(synthetic, PART), schema));
  }

  private static Table part(Table table, int most) {
    int[] order = RandomStream.of(0, 0, Purpose.EVALUATION).permutation(table.rows());
    return table.select(Arrays.copyOf(order, Math.min(most, order.length)));
  }
}
