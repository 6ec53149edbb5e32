package org.tim4j.examples.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.sweep.SettingsTable;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepReport;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.examples.data.ImageSet;
import org.tim4j.examples.data.ImageSource;
import org.tim4j.examples.picture.PngFile;
import org.tim4j.examples.run.Overrides;
import org.tim4j.examples.run.RunSettings;
import org.tim4j.examples.sweep.SweepPlot;
import org.tim4j.examples.sweep.WeightingSearch;
import org.tim4j.layers.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches for the best interval weighting. */
@Command(
    name = "sweep",
    description = {
      "Searches the interval weighting, its sigma and the ratios of the interval draws with Arbiter.",
      "Candidates train on pictures and are scored by the Fréchet distance at NFE 1. Writes",
      "journal.jsonl, results.csv, best.json and plots into --out."
    },
    footer = {
      "",
      "Examples:",
      "  tim sweep --data digits --candidates 12 --seed 1 --out out/sweep",
      "  tim sweep --data digits --candidates 12 --seed 1 --out out/sweep --resume"
    })
final class SweepCommand implements Callable<Integer> {
  private static final int CHECKS = 4;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private ThreadsOption threads;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME",
      description =
          "digits, idx:DIR (MNIST's four files) or folder:DIR (PNGs, sub-folder = class).")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private Path out;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "12",
      description = "Candidates to train (default: ${DEFAULT-VALUE}).")
  private int candidates;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "600",
      description = "Training steps of a candidate (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of candidates, training and samples (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--resume", description = "Go on with the sweep in --out, if there is one.")
  private boolean resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting that all candidates share, for example hidden=64.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** The figures of this command. */
  private record Figures(
      List<CandidateRecord> candidates, CandidateRecord best, double medianScore) {}

  @Override
  public Integer call() {
    if (candidates < 1) {
      throw new InvalidInputException("--candidates is " + candidates + "; give at least 1");
    }
    threads.apply();
    RunSettings settings = settings();
    threads.adaptTo(settings.network().runtime());
    Sweep sweep =
        Sweep.builder(
                WeightingSearch.random(
                    data, WeightingSearch.space(settings, Budget.steps(steps)), candidates, seed))
            .journal(journal())
            .checks(CHECKS)
            .build();
    return report(sweep.run());
  }

  private RunSettings settings() {
    ImageSet pictures = ImageSource.parse(data).load().train();
    RunSettings defaults = RunSettings.forPictures(pictures.shape(), pictures.classNames().size());
    RunSettings changed = Overrides.apply(defaults, overrides);
    changed.requireFits(pictures.shape());
    return new RunSettings(changed.network(), changed.training().toBuilder().seed(seed).build());
  }

  private Path journal() {
    Path journal = out.resolve("journal.jsonl");
    if (Files.exists(journal) && !resume) {
      throw new InvalidInputException(
          out + " holds a sweep already; give --resume to go on with it, or another --out");
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new InvalidInputException("cannot make the folder " + out + ": " + e, e);
    }
    return journal;
  }

  private int report(SweepResult result) {
    SweepReport.write(result, out);
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(table(result));
    if (result.best().isEmpty()) {
      printer.println("every candidate failed; results.csv holds the reasons");
      return 1;
    }
    plot("exponent.png", SweepPlot.scores(result, SweepPlot.EXPONENT, "exponent"));
    plot("sigma.png", SweepPlot.scores(result, SweepPlot.SIGMA_DATA, "σ of the data"));
    plot("curves.png", SweepPlot.curves(result));
    double median = median(result);
    CandidateRecord best = result.best().orElseThrow();
    printer.printf(
        "best: candidate %d with %.3f, median %.3f; wrote %s%n",
        best.index(), best.score(), median, out);
    json.write(new Figures(result.ranked(), best, median));
    return 0;
  }

  private void plot(String name, BufferedImage picture) {
    PngFile.write(out.resolve(name), picture, Map.of());
  }

  private static double median(SweepResult result) {
    List<CandidateRecord> scored =
        result.ranked().stream().filter(candidate -> candidate.score() != null).toList();
    double low = scored.get((scored.size() - 1) / 2).score();
    double high = scored.get(scored.size() / 2).score();
    return (low + high) / 2;
  }

  private static String table(SweepResult result) {
    List<CandidateRecord> ranked = result.ranked();
    SettingsTable settings = new SettingsTable(ranked);
    StringBuilder text =
        new StringBuilder(
            String.format("%9s %9s %8s  settings%n", "candidate", "score", "seconds"));
    for (int row = 0; row < ranked.size(); row++) {
      CandidateRecord candidate = ranked.get(row);
      text.append(
          String.format(
              "%9d %9s %8.1f ",
              candidate.index(),
              candidate.score() == null ? "failed" : String.format("%.3f", candidate.score()),
              candidate.seconds()));
      for (String name : settings.varying()) {
        String value = settings.value(row, name);
        boolean number = value.matches("-?[0-9]+\\.[0-9]{5,}.*");
        text.append(' ')
            .append(name.substring(name.lastIndexOf('.') + 1))
            .append('=')
            .append(number ? String.format("%.3f", Double.parseDouble(value)) : value);
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
