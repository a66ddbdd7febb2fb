package hak.cli.measure;

import hak.bench.ClassCount;
import hak.bench.RunReport;
import hak.cli.output.OutputFile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --hits-csv}: what each layer did, by size class. */
final class HitsCsv {
  private static final String OPTION = "--hits-csv";
  private static final String STANDARD_OUTPUT = "-";
  private static final String HEAD =
      "workload,layer,class bytes,pops,hits,hit rate,pushes,accepted";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = OPTION,
      paramLabel = "FILE",
      description =
          "Write hits of every layer by size class as CSV to FILE; '-' is standard output, which"
              + " then has nothing else.")
  private String target;

  /** Whether standard output is for the CSV alone. */
  boolean isStandardOutput() {
    return STANDARD_OUTPUT.equals(target);
  }

  /**
   * Fails now rather than after a long run if it cannot be written.
   *
   * @param standardOutputIsTaken whether that is for something else alone
   */
  void requireWritable(boolean standardOutputIsTaken) {
    if (isStandardOutput()) {
      if (standardOutputIsTaken) {
        throw new ParameterException(
            command.commandLine(), OPTION + ": standard output is for the JSON already");
      }
    } else if (target != null) {
      new OutputFile(OPTION, target).requireWritable(command.commandLine());
    }
  }

  /** Writes the CSV to where it was asked for; nothing if it was not. */
  void write(List<RunReport.Run> runs) {
    if (isStandardOutput()) {
      PrintWriter out = command.commandLine().getOut();
      out.print(text(runs));
      out.flush();
    } else if (target != null) {
      new OutputFile(OPTION, target).write(text(runs));
    }
  }

  /** One line for each workload, layer and size class that was called at all. */
  static String text(List<RunReport.Run> runs) {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    for (RunReport.Run run : runs) {
      if (run.classes() != null) {
        run.classes().forEach(count -> lines.add(line(run.workload(), count)));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(String workload, ClassCount count) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%d,%d,%s,%d,%d",
        quoted(workload),
        quoted(count.layer()),
        count.blockBytes(),
        count.pops(),
        count.hits(),
        rate(count.hits(), count.pops()),
        count.pushes(),
        count.accepted());
  }

  /** A rate from 0 to 1; empty where there was nothing. */
  private static String rate(long hits, long pops) {
    return pops == 0 ? "" : String.format(Locale.ROOT, "%.6f", (double) hits / pops);
  }

  /** As RFC 4180 says: a workload may be a path, with any character in it. */
  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
