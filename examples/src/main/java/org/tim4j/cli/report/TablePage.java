package org.tim4j.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tim4j.tribuo.evaluation.Association;
import org.tim4j.tribuo.evaluation.Relations;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tim4j.tribuo.table.TableSchema;

/** The page of a comparison: one file that needs nothing else. */
public final class TablePage {
  private static final int WORST = 5;
  private static final int MAX_RELATIONS = 20;
  private static final int MAX_HEAT = 100;

  private final TableComparison comparison;
  private final Table real;
  private final Table synthetic;

  private final TableSchema schema;

  private TablePage(TableComparison comparison, TableSchema schema) {
    this.schema = schema;
    this.comparison = comparison;
    this.real = comparison.real();
    this.synthetic = comparison.synthetic();
  }

  /**
   * Returns the page.
   *
   * @param schema how values are written
   * @param title what was compared
   * @param settings what it was made with, by name
   */
  public static String of(
      TableComparison comparison, TableSchema schema, String title, Map<String, String> settings) {
    TablePage page = new TablePage(comparison, schema);
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
        + Html.escape(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body><h1>Generated rows of "
        + Html.escape(title)
        + String.format(
            Locale.ROOT,
            "</h1><p class=\"key\"><span class=\"real\"></span> %,d real rows <span class=\"made\"></span> %,d generated rows, %d columns</p>\n",
            page.real.rows(),
            page.synthetic.rows(),
            page.real.columns().size())
        + page.overview()
        + page.worst()
        + page.relations()
        + page.columns()
        + page.heat()
        + PrivacySection.html(page.real, page.synthetic, schema)
        + Html.section("Settings", "", Html.table(List.of("setting", "value"), rows(settings)))
        + "</body></html>\n";
  }

  private static List<List<String>> rows(Map<String, String> settings) {
    return settings.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }

  private String overview() {
    Validity validity = Validity.of(real, synthetic);
    double[] halves = comparison.halves();
    double[] shuffled = comparison.shuffled();
    return Html.section(
        "Overview",
        "Density error: 1 minus the mean similarity of single columns. Pair error: the same of pairs"
            + " of columns. A perfect generator comes near the halves of the real rows; one that"
            + " keeps no relation, near the shuffled columns.",
        Html.table(
            List.of("", "generated", "halves of the real rows", "columns shuffled"),
            List.of(
                List.of(
                    "density error",
                    Html.percent(comparison.shapes().error()),
                    Html.percent(halves[0]),
                    Html.percent(shuffled[0])),
                List.of(
                    "pair error",
                    Html.percent(comparison.trends().error()),
                    Html.percent(halves[1]),
                    Html.percent(shuffled[1])),
                List.of("valid cells", Html.percent(validity.cells()), "", ""),
                List.of("valid rows", Html.percent(validity.rows()), "", ""))));
  }

  private String worst() {
    List<List<String>> columns =
        comparison.shapes().scores().entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .limit(WORST)
            .map(entry -> List.of(entry.getKey(), Html.percent(1 - entry.getValue())))
            .toList();
    List<List<String>> pairs =
        comparison.worstPairs().stream()
            .limit(WORST)
            .map(pair -> List.of(pair.names(), Html.percent(1 - pair.score())))
            .toList();
    return Html.section(
        "Worst columns and pairs",
        "",
        "<div class=\"two\">"
            + Html.table(List.of("column", "error"), columns)
            + Html.table(List.of("pair", "error"), pairs)
            + "</div>");
  }

  private String relations() {
    List<Relations.Relation> found = Relations.of(real, synthetic);
    if (found.isEmpty()) {
      return Html.section(
          "Relations", "No column determines another, and none is always the smaller.", "");
    }
    long broken = found.stream().filter(relation -> relation.synthetic() > 0.01).count();
    return Html.section(
        "Relations",
        String.format(
            Locale.ROOT,
            "%d relations hold in the real rows (→ determines, ≤ is never larger); %d are broken in more than 1 %% of the generated rows.",
            found.size(),
            broken),
        Html.table(
            List.of("relation", "broken in generated rows", "in real rows"),
            found.stream()
                .limit(MAX_RELATIONS)
                .map(
                    relation ->
                        List.of(
                            relation.text(),
                            Html.percent(relation.synthetic()),
                            Html.percent(relation.real())))
                .toList()));
  }

  private String columns() {
    StringBuilder cards = new StringBuilder("<div class=\"cards\">");
    for (int i = 0; i < real.columns().size(); i++) {
      TableColumn a = real.columns().get(i);
      TableColumn b = synthetic.columns().get(i);
      String missing =
          a.missingShare() + b.missingShare() == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", missing %s, generated %s",
                  Html.percent(a.missingShare()),
                  Html.percent(b.missingShare()));
      cards
          .append("<div class=\"card\"><h3>")
          .append(Html.escape(a.name()))
          .append("</h3><p>error ")
          .append(Html.percent(1 - comparison.shapes().scores().get(a.name())))
          .append(missing)
          .append("</p>")
          .append(ColumnChart.svg(a, b, schema))
          .append("</div>");
    }
    return Html.section("Columns", "Shares of the rows.", cards.append("</div>").toString());
  }

  private String heat() {
    int[] shown = worstColumns();
    String note =
        "The darker, the stronger two columns depend on each other: absolute correlation of numbers,"
            + " Cramér's V of others."
            + (shown.length < real.columns().size()
                ? String.format(
                    Locale.ROOT, " The %d columns with the largest pair errors.", shown.length)
                : "");
    return Html.section(
        "Pairs of columns",
        note,
        "<div class=\"two\">"
            + HeatMap.svg("real rows", Association.of(columns(real, shown)))
            + HeatMap.svg("generated rows", Association.of(columns(synthetic, shown)))
            + "</div>");
  }

  private int[] worstColumns() {
    int width = real.columns().size();
    double[][] scores = comparison.trends().scores();
    Comparator<Integer> byError =
        Comparator.comparingDouble(
            i -> Arrays.stream(scores[i]).filter(v -> !Double.isNaN(v)).average().orElse(1));
    return IntStream.range(0, width)
        .boxed()
        .sorted(byError)
        .limit(MAX_HEAT)
        .mapToInt(i -> i)
        .sorted()
        .toArray();
  }

  private static Table columns(Table table, int[] shown) {
    List<TableColumn> columns = new ArrayList<>();
    for (int i : shown) {
      columns.add(table.columns().get(i));
    }
    return new Table(columns);
  }

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;color:#222;max-width:1160px;margin:2em auto;padding:0 1em}
      h1{font-size:1.5em;margin-bottom:.2em}h2{font-size:1.15em;margin:1.8em 0 .3em;border-bottom:1px solid #ddd}
      h3{font-size:.95em;margin:0;overflow-wrap:anywhere}p{margin:.3em 0 .6em;color:#555;max-width:60em}
      table{border-collapse:collapse;font-size:.92em}th,td{padding:.25em .8em .25em 0;text-align:left;border-bottom:1px solid #eee;vertical-align:top}
      th{color:#555;font-weight:600}td:first-child{white-space:nowrap}td:nth-child(2){overflow-wrap:anywhere}.closest td,.closest th{white-space:nowrap}.scroll{overflow-x:auto}
      .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:1.5em}
      .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:1em}
      .card{border:1px solid #e4e4e4;border-radius:6px;padding:.7em}.card p{font-size:.85em;margin:0 0 .4em}
      svg{width:100%;height:auto;display:block}.chart text{font-size:10px;fill:#555}.heat text{fill:#333}
      .chart .real{fill:#3b6fb6;fill-opacity:.55}.chart .made{fill:#e8853a;fill-opacity:.55}
      .key span{display:inline-block;width:1em;height:1em;vertical-align:-.15em;margin-left:.6em}
      .key .real{background:#3b6fb6}.key .made{background:#e8853a}
      figure{margin:0}figcaption{text-align:center;color:#555}
      """;
}
