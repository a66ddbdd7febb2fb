package hak.cli.measure;

import hak.bench.saved.Baseline;
import hak.bench.saved.BaselineReport;
import hak.bench.saved.SavedFigure;
import hak.bench.saved.SavedFile;
import hak.cli.command.CommandFailedException;
import hak.cli.output.IoReason;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that keep figures, and hold new ones against kept ones. */
final class BaselineOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--save",
      paramLabel = "NAME",
      description =
          "Keep all times under NAME, with machine, JDK, commit and date; they are appended. With a"
              + " '/' in it, or .jsonl at its end, NAME is a file.")
  private String save;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "Hold the times against the newest that were kept under NAME: each row is faster, slower"
              + " or within noise.")
  private String baseline;

  private List<SavedFigure> kept = List.of();

  /** Fails now rather than after a long run if something is wrong with the files. */
  void prepare() {
    if (baseline != null) {
      SavedFile file = file("--baseline", baseline);
      try {
        kept = file.read();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), "--baseline: " + e.getMessage(), e);
      } catch (IOException e) {
        throw CommandFailedException.badInput(
            "--baseline: cannot read " + file.file() + ": " + IoReason.of(e));
      }
    }
    if (save != null) {
      SavedFile file = file("--save", save);
      try {
        file.requireWritable();
      } catch (IOException e) {
        throw cannotWrite(file, e);
      }
    }
  }

  private SavedFile file(String option, String name) {
    try {
      return SavedFile.named(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  private static CommandFailedException cannotWrite(SavedFile file, IOException e) {
    return CommandFailedException.badInput(
        "--save: cannot write " + file.file() + ": " + IoReason.ofWriting(e));
  }

  /**
   * Compares figures and keeps them, as was asked for.
   *
   * @param taken gives the figures, one or more
   * @return null if there was nothing to compare with
   */
  BaselineReport finish(Supplier<List<SavedFigure>> taken) {
    if (baseline == null && save == null) {
      return null;
    }
    List<SavedFigure> figures = taken.get();
    if (save != null) {
      SavedFile file = file("--save", save);
      try {
        file.append(figures);
      } catch (IOException e) {
        throw cannotWrite(file, e);
      }
    }
    return baseline == null ? null : Baseline.compare(baseline, kept, figures);
  }
}
