package org.tim4j.cli;

import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.sweep.SweepReport;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.arbiter.task.MedianStopping;
import org.tim4j.arbiter.task.StoppingRule;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.sweep.Search;
import org.tim4j.cli.sweep.SweepPlan;
import org.tim4j.cli.sweep.SweepPlot;
import org.tim4j.cli.sweep.SweepProgress;
import org.tim4j.cli.sweep.SweepRun;
import org.tim4j.cli.sweep.SweepTable;
import org.tim4j.cli.sweep.SweepUi;
import org.tim4j.cli.sweep.TableSearch;
import org.tim4j.cli.sweep.WeightingSearch;
import org.tim4j.cli.text.Terminal;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.table.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for the best interval weighting. */
@Command(
    name = "sweep",
    header = "Searches for better settings with Arbiter.",
    description =
        "Searches the interval weighting, the draws of the intervals and the learning "
            + "rate with Arbiter; for pictures also the law of the times and the sigma of the "
            + "data, scored by the Fréchet distance at NFE 1; for a table also the network, "
            + "scored by classifiers that saw only generated rows. The best, the median and the "
            + "default settings are then trained with other seeds, to tell the noise. Writes "
            + "results.csv, best.json (for --config), plots and journals into --out.",
    footer = {
      "",
      "Examples:",
      "  tim sweep --data digits --candidates 12 --seed 1 --out out/sweep",
      "  tim sweep --data digits --candidates 12 --seed 1 --out out/sweep --resume",
      "  tim sweep --data digits --candidates 27 --search halving --out out/halving --ui 9000",
      "  tim sweep --csv wine.csv --label y --candidates 12 --steps 1000 --out out/wine"
    })
final class SweepCommand implements Callable<Integer> {
  private static final int ENDED_BEFORE_STOPPING = 3;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;
  @Mixin private TableOptions table;
  @Mixin private ReadingOptions reading;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description =
          "digits, idx:DIR (MNIST's four files) or folder:DIR (PNG and JPEG files, sub-folder ="
              + " class).")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "12",
      description = "Candidates to train, or to begin with by halving (default: ${DEFAULT-VALUE}).")
  private int candidates;

  @Option(
      names = "--search",
      paramLabel = "NAME",
      defaultValue = "random",
      description =
          "How to draw them: random, grid, genetic or halving (default: ${DEFAULT-VALUE}).")
  private Search search;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "Training steps of a candidate (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of training of a candidate, instead of --steps.")
  private Double seconds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of candidates, training and samples (default: ${DEFAULT-VALUE}).")
  private int seed;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Other seeds to train the best with; 0 for none (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--early-stop",
      description = "Give candidates up that are worse than the median of those before.")
  private boolean earlyStop;

  @Option(names = "--resume", description = "Go on with the sweep in --out, if there is one.")
  private boolean resume;

  @Option(
      names = "--ui",
      paramLabel = "PORT",
      description = "Serve Arbiter's page on this port while the sweep runs.")
  private Integer port;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting that all candidates share, for example hidden=64.")
  private List<String> overrides = new ArrayList<>();

  /** The figures of this command. */
  private record Figures(
      List<CandidateRecord> candidates,
      CandidateRecord best,
      double medianScore,
      List<SweepRun.Repeated> repeated) {}

  @Override
  public Integer call() {
    requireCounts();
    threads.apply();
    Budget budget = seconds == null ? Budget.steps(steps) : Budget.seconds(seconds);
    SweepPlan plan = plan(new SweepPlan.Effort(search, candidates, budget, seed));
    threads.adaptTo(plan.defaults().network().runtime());
    if (port == null) {
      return run(plan, List.of());
    }
    try (SweepUi ui = SweepUi.open(port)) {
      spec.commandLine().getErr().println("serving " + ui.address());
      return run(plan, List.of(ui.listener()));
    }
  }

  private SweepPlan plan(SweepPlan.Effort effort) {
    if (table.isGiven() == (data != null)) {
      throw new InvalidInputException("give either --data, or --csv and --label");
    }
    String images = reading.of(data);
    if (images != null) {
      return WeightingSearch.plan(images, overrides, effort);
    }
    if (table.label() == null || table.metadata() != null) {
      throw new InvalidInputException(
          "a sweep of a table needs one --label COLUMN and finds out the columns without --metadata");
    }
    if (table.labelled(table.file(note -> {})).kind() != OutputKind.CLASSES) {
      throw new InvalidInputException(
          "the label column holds numbers; a sweep needs classes to train classifiers on");
    }
    return TableSearch.plan(table.csv(), table.label(), overrides, effort);
  }

  private void requireCounts() {
    if (candidates < 1) {
      throw new InvalidInputException("--candidates is " + candidates + "; give at least 1");
    }
    if (repeats < 0 || repeats == 1) {
      throw new InvalidInputException(
          "--repeats is " + repeats + "; give at least 2 to tell the noise, or 0 for none");
    }
  }

  private int run(SweepPlan plan, List<StatusListener> watchers) {
    StoppingRule stopping =
        earlyStop ? new MedianStopping(ENDED_BEFORE_STOPPING) : new StoppingRule.Never();
    SweepRun run = new SweepRun(out, stopping, name -> listeners(name, watchers));
    SweepResult result = run.search(plan.search(), resume);
    SweepReport.write(result, out);
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(SweepTable.candidates(result, Terminal.width(spec)));
    if (result.best().isEmpty()) {
      printer.println("every candidate failed; results.csv holds the reasons");
      return 1;
    }
    Products products = new Products();
    plot(result, plan, products);
    CandidateRecord best = result.best().orElseThrow();
    double median = result.medianScore().orElseThrow();
    printer.printf(
        Locale.ROOT,
        "best: candidate %d with %.3f, median %.3f; wrote %s%n",
        best.index(),
        best.score(),
        median,
        out);
    printer.flush();
    List<SweepRun.Repeated> repeated = repeats == 0 ? List.of() : run.repeat(plan, result, seeds());
    printer.print(SweepTable.repeated(repeated));
    products.make(
        "the figures", () -> json.write(new Figures(result.ranked(), best, median, repeated)));
    products.requireAll();
    return 0;
  }

  private List<StatusListener> listeners(String name, List<StatusListener> watchers) {
    List<StatusListener> all = new ArrayList<>(watchers);
    all.add(new SweepProgress(spec.commandLine().getErr(), name));
    return all;
  }

  private List<Integer> seeds() {
    return IntStream.rangeClosed(1, repeats).mapToObj(k -> seed + k).toList();
  }

  private void plot(SweepResult result, SweepPlan plan, Products products) {
    Drawings drawings = new Drawings(spec.commandLine().getErr()::println);
    SweepPlot plot = new SweepPlot(result, plan.search().getScoreFunction().toString());
    Map<String, Supplier<BufferedImage>> plots = new LinkedHashMap<>();
    for (SweepPlan.Axis axis : plan.axes()) {
      plots.put(axis.file(), () -> plot.over(axis.setting(), axis.name()));
    }
    plots.put("time.png", plot::overTime);
    plots.put("curves.png", plot::curves);
    plots.forEach(
        (file, drawing) -> products.make(file, () -> drawings.plot(out.resolve(file), drawing)));
  }
}
