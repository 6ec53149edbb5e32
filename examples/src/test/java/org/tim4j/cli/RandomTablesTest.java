package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.tribuo.table.ColumnSchema;
import org.tim4j.tribuo.table.ColumnType;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tim4j.tribuo.table.TableFile;
import org.tim4j.tribuo.table.TableSchema;

/** Made-up tables are read, learnt, written and read again. */
class RandomTablesTest {
  private static final int STUDY = 300;
  private static final int FEW = 8;

  @TempDir private Path folder;

  @Test
  void someGoRound() throws IOException {
    goRound(1, FEW);
  }

  @Test
  @Tag("study")
  void threeHundredGoRound() throws IOException {
    goRound(1, STUDY);
  }

  private void goRound(int first, int count) throws IOException {
    List<String> refused = new ArrayList<>();
    for (int seed = first; seed < first + count; seed++) {
      String refusal = goRound(seed);
      if (!refusal.isEmpty()) {
        refused.add(refusal);
      }
    }
    assertTrue(refused.size() * 5 <= count, refused.size() + " refused: " + refused);
  }

  /** Returns the refusal, or nothing. */
  private String goRound(long seed) throws IOException {
    RandomTable made = new RandomTable(seed);
    Path real = Files.write(folder.resolve(seed + ".csv"), made.bytes());
    Path out = folder.resolve(seed + ".out.csv");
    List<String> args =
        new ArrayList<>(
            List.of(
                "synthesize", "--csv", real.toString(), "--out", out.toString(), "--rows", "40"));
    args.addAll(List.of("--steps", "20", "--hidden", "16", "--depth", "1", "--nfe", "2"));
    if (!made.labels().isEmpty()) {
      args.addAll(List.of("--label", String.join(",", made.labels())));
    }
    Run run = Run.tim(args.toArray(String[]::new));
    if (run.code() == 2) {
      // Notes on what was found out may stand before the refusal.
      assertFalse(run.err().contains("Exception") || run.err().contains("\tat "), run.err());
      assertFalse(Files.exists(out));
      return "seed " + seed + ": " + run.err().strip();
    }
    assertEquals(0, run.code(), "seed " + seed + ": " + run.err());
    requireDomain(TableFile.open(real), out, "seed " + seed);
    return "";
  }

  private static void requireDomain(TableFile real, Path out, String what) {
    List<ColumnSchema> written =
        real.schema().columns().stream().filter(c -> c.type() != ColumnType.TEXT).toList();
    TableFile again = TableFile.open(out, schemaOfOutput(real, written));
    assertEquals(written.stream().map(ColumnSchema::name).toList(), again.schema().names(), what);
    assertEquals(40, again.rows(), what);
    assertEquals(real.schema().file(), again.schema().file(), what);
    Table a = real.table();
    Table b = again.tableLike(a);
    for (int i = 0; i < a.columns().size(); i++) {
      requireDomain(a.columns().get(i), b.columns().get(i), what);
    }
    for (ColumnSchema column : written) {
      Set<String> texts = again.texts(column.name());
      if (column.type() == ColumnType.IDENTIFIER) {
        assertEquals(40, texts.size(), what);
        texts.retainAll(real.texts(column.name()));
        assertTrue(texts.isEmpty(), what + " repeats " + texts);
      } else if (column.type() == ColumnType.CONSTANT) {
        assertEquals(real.texts(column.name()), texts, what);
      }
    }
  }

  private static TableSchema schemaOfOutput(TableFile real, List<ColumnSchema> written) {
    return new TableSchema(real.schema().file(), written, List.of());
  }

  private static void requireDomain(TableColumn real, TableColumn made, String what) {
    String where = what + ", " + real.name();
    boolean mayMiss = real.missingShare() > 0;
    assertTrue(mayMiss || made.missingShare() == 0, where + " lacks values");
    if (real.isCategorical()) {
      assertEquals(real.categories(), made.categories(), where);
      return;
    }
    double minimum = Arrays.stream(real.present()).min().orElse(0);
    double maximum = Arrays.stream(real.present()).max().orElse(0);
    for (double value : made.present()) {
      assertTrue(value >= minimum && value <= maximum, where + " holds " + value);
    }
  }
}
