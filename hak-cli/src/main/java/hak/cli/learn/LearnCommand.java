package hak.cli.learn;

import hak.bench.Workload;
import hak.bench.ab.AbReport;
import hak.bench.shadow.Learning;
import hak.cli.command.ReportCommand;
import hak.cli.output.OutputFile;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.PolicyFile;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns what a profile for a program should set, from its calls or from a stack that runs. */
@Command(
    name = "learn",
    description = {
      "Learns from the calls of a program whether its threads should keep freed blocks at hand"
          + " (tls-sll), and how many; which tier should serve blocks of 257 bytes to 1 KiB; and"
          + " which size classes should be added. With --minutes it watches learners instead, while"
          + " they set a stack that runs.",
      "",
      "The calls are counted, nothing is run or timed: each window of them has a cost for every"
          + " capacity, in parts of what calls take without a cache. What is cheapest is tried for"
          + " a round of the program, and kept or rolled back; the tables say what was decided"
          + " when, and why. --check or hak ab confirms it.",
      "",
      "How the blocks of a size class come and go is told from what a model of slabs does with the"
          + " calls; what a tier costs for such a class was measured. What gains less than a"
          + " hundredth is not recommended: then the profile keeps what it has.",
      "",
      "With --minutes the program is run again and again, on a stack with the learners that the"
          + " profile or --learners names. What each of them sets is shown as it happens, and why,"
          + " beside the memory of the stack: as a picture where standard output is a terminal with"
          + " colours, else as lines. A stack that holds 16 MiB or less has no windows, and its"
          + " learners do nothing. Ctrl-C ends it with what there is; --out writes what holds then,"
          + " for a stack without learners."
    },
    footer = {
      "  hak learn --trace lua --html lua.html --check",
      "  hak learn --trace program.hkt.gz --out mine.toml",
      "  hak ab default mine.toml --trace program.hkt.gz",
      "  hak learn --workload phases --minutes 2 --learners purge-delay,cap --out mine.toml"
    })
public final class LearnCommand extends ReportCommand<Learned> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      defaultValue = "default",
      description = "What to begin with: a shipped profile, or a file (default: ${DEFAULT-VALUE}).",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument argument;

  @Mixin private OneWorkload source;
  @Mixin private LiveOptions live;

  @Option(
      names = "--windows",
      paramLabel = "N",
      description =
          "Windows that the calls are divided into (default: "
              + Learning.USUAL_WINDOWS
              + "). Not with --minutes: each learner has a window of its own.")
  private Integer windows;

  @Mixin private PolicyFile out;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the result as a page to FILE, with a picture, that needs nothing else.")
  private String html;

  @Option(
      names = "--check",
      description =
          "Measure what was learned against the profile, as hak ab does with few forks; a minute or"
              + " two.")
  private boolean checks;

  private LearnCheck check;

  @Override
  protected Learned report(ProgressLine progress) {
    requireFitting();
    Profile profile = ProfileArgument.readAll(List.of(argument)).getFirst();
    Workload workload = source.workload();
    Learned learned =
        live.isAsked()
            ? live.learn(profile, workload, isQuiet() ? null : page(), progress)
            : count(profile, workload);
    if (checks) {
      check = new LearnCheck(learned.base(), learned.profile(), workload, LearnCheck.PLAN);
      check.run(progress);
    }
    return learned;
  }

  private void requireFitting() {
    if (windows != null) {
      atLeastOne("--windows", windows);
      if (live.isAsked()) {
        throw badInput("--windows and --minutes: each learner has a window of its own", null);
      }
    }
    live.requireFitting();
    out.requireWritable();
    if (html != null) {
      page(html).requireWritable(commandLine());
    }
  }

  private CountedLearning count(Profile profile, Workload workload) {
    Learning.Watched watched =
        Learning.watch(profile, workload, windows == null ? Learning.USUAL_WINDOWS : windows);
    return new CountedLearning(profile, watched.report(), watched.curves());
  }

  private static OutputFile page(String name) {
    return new OutputFile("--html", name);
  }

  /** null if there is none. */
  private AbReport checked() {
    return check == null ? null : check.report();
  }

  @Override
  protected String json(Learned learned) {
    return learned.json(checked());
  }

  @Override
  protected void print(Learned learned, Page page) {
    learned.print(page);
    if (check != null) {
      check.print(page);
    }
  }

  @Override
  protected void writeFiles(Learned learned) {
    out.write(learned.base(), learned.profile(), learned.reasons());
    if (html != null) {
      page(html).write(learned.html(checked()));
    }
  }

  @Override
  protected void finished() {
    live.close();
    if (check != null) {
      check.close();
    }
  }
}
