package hak.cli.measure;

import hak.bench.Workload;
import hak.bench.ab.Ab;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbReport;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.command.StopRequest;
import hak.cli.html.AbPage;
import hak.cli.output.OutputFile;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileArgument;
import hak.cli.stack.ProfileChanges;
import hak.core.profile.Profile;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a stack against another, or a profile against itself with a change. */
@Command(
    name = "ab",
    description = {
      "Compares two profiles, or a profile with a change of it, in time and memory, and says GO,"
          + " NEUTRAL or NO-GO.",
      "",
      "Each stack is replayed in processes of its own whose rounds take turns, as many as were"
          + " planned; the first once more, which shows the noise. A ratio below 1 means that the"
          + " second takes less. GO or NO-GO: the 95 %% interval leaves out 1 by more than the"
          + " threshold, and the Mann-Whitney test, corrected for the number of rows, is below 5"
          + " %%. A program takes three to five minutes. Ctrl-C ends it with what was"
          + " measured; with --resume it goes on from there when it is started again."
    },
    exitCodeList = {
      "0:fine, whatever the verdict",
      "1:failed: out of memory, a process ended early",
      "2:bad input: an option, a profile, a change of it or a trace",
      "130:stopped by Ctrl-C; what was measured by then was reported"
    },
    footer = {
      "  hak ab default bare --trace lua sqlite",
      "  hak ab --swap tls-sll=ring-cache --workload random-mixed fixed-64",
      "  hak ab pow2 --without ss-reuse --add noop --html ab.html",
      "  hak ab --set box.tls-sll.capacity=16,64,256 --forks 20 --resume ab.jsonl --json ab.json"
    })
public final class AbCommand extends ReportCommand<AbReport> {
  private static final String DEFAULT = "default";

  @Parameters(
      arity = "0..*",
      paramLabel = "PROFILE",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class,
      description =
          "Names of shipped profiles, or files. The first is the base (default: default); each"
              + " other one is compared with it, unless the base is changed.")
  private List<ProfileArgument> profiles = List.of();

  @Mixin private ProfileChanges changes;
  @Mixin private final WorkloadOptions options = new WorkloadOptions(AbRequest.Plan.DEFAULT_ROUNDS);
  @Mixin private AbOptions ab;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the result as a page to FILE, with plots, that needs nothing else.")
  private String html;

  private StopRequest stop;

  @Override
  protected AbReport report(ProgressLine progress) {
    AbRequest.Plan plan = ab.plan(atLeastOne("--rounds", options.rounds()));
    Rule rule = ab.rule();
    if (html != null) {
      page(html).requireWritable(commandLine());
    }
    List<Profile> stacks = stacks();
    List<Workload> workloads = options.workloads();
    Profile base = stacks.getFirst();
    List<Profile> changed = stacks.subList(1, stacks.size());
    AbLog log = ab.log(base, changed, workloads, plan.rounds());
    stop = StopRequest.listen();
    try {
      return Ab.run(new AbRequest(base, changed, workloads, plan, rule, log, progress, stop));
    } catch (IllegalArgumentException e) {
      throw ab.explained(e);
    }
  }

  /** The base, and what is held against it. */
  private List<Profile> stacks() {
    if (profiles.size() > 1 && !changes.isEmpty()) {
      throw badInput("a change is made of one profile; several are given", null);
    }
    if (profiles.size() < 2 && changes.isEmpty()) {
      throw badInput(
          "nothing to compare with: give a second profile, or --without, --swap, --add or --set",
          null);
    }
    List<ProfileArgument> given =
        profiles.isEmpty() ? List.of(new ProfileArgument(DEFAULT)) : profiles;
    List<Profile> read = ProfileArgument.readAll(given);
    if (read.size() > 1) {
      return read;
    }
    Profile base = read.getFirst();
    return Stream.concat(Stream.of(base), changes.apply(base).stream()).toList();
  }

  private static OutputFile page(String name) {
    return new OutputFile("--html", name);
  }

  @Override
  protected void print(AbReport report, Page page) {
    new AbTables(page).print(report);
  }

  @Override
  protected void writeFiles(AbReport report) {
    if (html != null) {
      page(html).write(AbPage.of(report));
    }
  }

  @Override
  protected int exitCode(AbReport report) {
    return report.hasResult() ? ExitCode.FINE : ExitCode.FAILED;
  }

  @Override
  protected void finished() {
    if (stop != null) {
      stop.close();
    }
  }
}
