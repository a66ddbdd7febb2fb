package hak.cli.measure;

import hak.bench.Ratio;
import hak.bench.Workload;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.bench.sweep.Sweep;
import hak.bench.sweep.SweepReport;
import hak.bench.sweep.SweepRequest;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.command.StopRequest;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.RatioCells;
import hak.cli.stack.PolicyFile;
import hak.cli.stack.ProfileArgument;
import hak.cli.stack.ProfileChanges;
import hak.cli.stack.ProfileGrid;
import hak.core.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches the settings of a profile. */
@Command(
    name = "sweep",
    description = {
      "Searches the settings of a profile for those that take least time, on each program and on"
          + " all of them, and says what the profile loses against the best.",
      "",
      "Candidates are all combinations: of --set with several values one of these, with a single"
          + " value that; of --without, --swap and --add with and without. All play a few rounds,"
          + " the worse half is dropped, the others get twice as many processes, and so on; the"
          + " last three or fewer of each program are judged as hak ab does it. A dozen candidates"
          + " take as long for a program as that judgement, a hundred twelve times. Ctrl-C ends it"
          + " with what was measured; with --resume it goes on from there when it is started again."
    },
    exitCodeList = {
      "0:fine, whatever was found",
      "1:failed: out of memory, a process ended early",
      "2:bad input: an option, a profile, a change of it or a trace",
      "130:stopped by Ctrl-C; what was measured by then was reported"
    },
    footer = {
      "  hak sweep --set box.tls-sll.capacity=8,32,128 --without tls-sll --trace lua",
      "  hak sweep default speed --swap tls-sll=ring-cache --set tier.mid.batch=16KiB,64KiB",
      "  hak sweep --set stack.huge-from=2MiB,16MiB --workload larson --out best.toml"
    })
public final class SweepCommand extends ReportCommand<SweepReport> {
  private static final String DEFAULT = "default";

  @Parameters(
      arity = "0..*",
      paramLabel = "PROFILE",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class,
      description =
          "Names of shipped profiles, or files. The first is the base (default: default), whose"
              + " settings are searched; of the others it is said what they lose.")
  private List<ProfileArgument> profiles = List.of();

  @Mixin private ProfileChanges changes;
  @Mixin private final WorkloadOptions options = new WorkloadOptions(AbRequest.Plan.DEFAULT_ROUNDS);
  @Mixin private AbOptions ab;

  @Option(
      names = "--first-forks",
      paramLabel = "N",
      description =
          "Processes of each candidate and program before the first are dropped (default:"
              + " ${DEFAULT-VALUE}).")
  private int firstForks = SweepRequest.Plan.DEFAULT_FIRST_FORKS;

  @Option(
      names = "--abreast",
      paramLabel = "N",
      description =
          "Candidates that take turns, each in its process, where memory allows it (default:"
              + " ${DEFAULT-VALUE}).")
  private int abreast = SweepRequest.Plan.DEFAULT_ABREAST;

  @Mixin private PolicyFile out;

  private StopRequest stop;
  private SweepRequest request;
  private ProfileGrid grid;

  @Override
  protected SweepReport report(ProgressLine progress) {
    SweepRequest.Plan plan = plan();
    Rule rule = ab.rule();
    out.requireWritable();
    if (changes.isEmpty()) {
      throw badInput("nothing to search: give --set, --without, --swap or --add", null);
    }
    List<Profile> read =
        ProfileArgument.readAll(
            profiles.isEmpty() ? List.of(new ProfileArgument(DEFAULT)) : profiles);
    Profile base = read.getFirst();
    grid = ProfileGrid.of(base, changes, SweepRequest.MOST_CANDIDATES);
    if (grid.candidates().isEmpty()) {
      throw badInput("nothing to search: all combinations are as the base", null);
    }
    List<Profile> others = read.subList(1, read.size());
    List<Workload> workloads = options.workloads();
    List<Profile> changed = Stream.concat(grid.candidates().stream(), others.stream()).toList();
    AbLog log = ab.log(base, changed, workloads, plan.last().rounds());
    stop = StopRequest.listen();
    request =
        new SweepRequest(
            base, grid.candidates(), others, workloads, plan, rule, log, progress, stop);
    try {
      return Sweep.run(request);
    } catch (IllegalArgumentException e) {
      throw ab.explained(e);
    }
  }

  private SweepRequest.Plan plan() {
    AbRequest.Plan last = ab.plan(atLeastOne("--rounds", options.rounds()));
    atLeastOne("--first-forks", firstForks);
    if (firstForks > last.forks()) {
      throw badInput(
          "--first-forks is " + firstForks + "; it must be --forks, " + last.forks() + ", or less",
          null);
    }
    atLeastOne("--abreast", abreast);
    if (abreast > SweepRequest.Plan.MOST_ABREAST) {
      throw badInput(
          "--abreast is " + abreast + "; it must be " + SweepRequest.Plan.MOST_ABREAST + " or less",
          null);
    }
    return new SweepRequest.Plan(firstForks, abreast, last);
  }

  @Override
  protected void print(SweepReport report, Page page) {
    new SweepTables(page).print(report, grid.leftOut());
  }

  @Override
  protected String json(SweepReport report) {
    return Json.of(report, "leftOut", grid.leftOut());
  }

  @Override
  protected void writeFiles(SweepReport report) {
    if (report.hasResult()) {
      SweepReport.Best best = report.bestOnTheWhole();
      Profile found =
          best.number() == 0 ? request.base() : request.changed().get(best.number() - 1);
      out.write(request.base(), found, reasons(report, best, found));
    }
  }

  /** Why, of each value that is not the base's. */
  private Map<String, String> reasons(SweepReport report, SweepReport.Best best, Profile found) {
    Ratio ratio = best.ratio();
    String reason =
        String.format(
            Locale.ROOT,
            "%s (%s) of the time of %s on %s, best of %d",
            RatioCells.value(ratio),
            RatioCells.interval(ratio),
            report.base(),
            request.workloads().stream().map(Workload::name).collect(Collectors.joining(", ")),
            report.candidates().size());
    return ProfileGrid.changedPaths(request.base(), found).stream()
        .collect(Collectors.toMap(Function.identity(), _ -> reason));
  }

  @Override
  protected int exitCode(SweepReport report) {
    return report.hasResult() ? ExitCode.FINE : ExitCode.FAILED;
  }

  @Override
  protected void finished() {
    if (stop != null) {
      stop.close();
    }
  }
}
