package hak.cli.measure;

import hak.bench.stress.Stress;
import hak.bench.stress.plan.CloseTime;
import hak.bench.stress.plan.StressPlan;
import hak.bench.stress.plan.StressProfiles;
import hak.bench.stress.plan.StressRequest;
import hak.bench.stress.report.StressReport;
import hak.cli.command.DurationArgument;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many threads use a stack in every way at once. */
@Command(
    name = "stress",
    description = {
      "Many threads use a stack in every way at once and check all they get: round after round,"
          + " on each profile in turn.",
      "",
      "Threads live long, die young or are virtual; they free each other's blocks, trim, use arenas"
          + " and segments. Every other round the stack is closed meanwhile; the others end"
          + " quietly, with a walk over every block. It takes a minute, or as long as it is told."
          + " The first failure ends it; with the seed that it prints, and the same profiles, that"
          + " round is repeated: --seed SEED --rounds 1."
    },
    exitCodeList = {
      "0:fine",
      "1:failed: a wrong block, content, count or exception",
      "2:bad input: an option or a profile",
      "5:a thread hung; the stacks of all threads were printed"
    },
    footer = {
      "  hak stress",
      "  hak stress --minutes 20 --profile mine.toml",
      "  hak stress --profile default --seed 4711 --rounds 1",
      "  HAK_JAVA_OPTS=-XX:+UseZGC ./hak stress --minutes 20"
    })
public final class StressCommand extends ReportCommand<StressReport> {
  /** A year. */
  private static final int MOST_MINUTES = 366 * 24 * 60;

  private static final long MOST_MEMORY_BYTES = 64L << 30;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      arity = "1..*",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class,
      description =
          "Names of shipped profiles, or files (default: the shipped ones and one of every box).")
  private List<ProfileArgument> profiles = List.of();

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Begin rounds for so long (default: ${DEFAULT-VALUE}).")
  private double minutes = 1;

  @Option(names = "--rounds", paramLabel = "N", description = "Play so many rounds, however long.")
  private Integer rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that live as long as a round, besides those that come and go (default: two for"
              + " each processor).")
  private int threads = 2 * Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first round; the next has the next (default: of the clock).")
  private Long seed;

  @Option(
      names = "--close",
      paramLabel = "WHEN",
      defaultValue = "racing",
      description =
          "racing: every other stack is closed in use. between: none is (default:"
              + " ${DEFAULT-VALUE}).")
  private String close;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "512MiB",
      description = "Most bytes in live blocks (default: ${DEFAULT-VALUE}).")
  private String memory;

  @Option(
      names = "--round",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationArgument.class,
      description = "Most time that threads work in a round (default: ${DEFAULT-VALUE}).")
  private Duration longestRound;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationArgument.class,
      description = "A thread that stands still for so long hangs (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Override
  protected StressReport report(ProgressLine progress) throws InterruptedException {
    return Stress.run(request(stacks(), progress));
  }

  @Override
  protected void print(StressReport report, Page page) {
    StressTables.print(report, page);
  }

  @Override
  protected void printFailures(StressReport report, Page errors) {
    StressTables.printFailures(report, errors);
  }

  @Override
  protected int exitCode(StressReport report) {
    if (report.hung()) {
      return ExitCode.HUNG;
    }
    return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
  }

  /** The profiles, checked, so that their errors come first. */
  private List<Profile> stacks() {
    return profiles.isEmpty() ? StressProfiles.all() : ProfileArgument.readAll(profiles);
  }

  private StressRequest request(List<Profile> stacks, ProgressLine progress) {
    if (rounds != null && commandLine().getParseResult().hasMatchedOption("--minutes")) {
      throw badInput("--minutes and --rounds exclude each other", null);
    }
    try {
      return new StressRequest(
          stacks, limit(), rounds == null ? 0 : rounds, plan(), progress, HeapWalker::check);
    } catch (IllegalArgumentException e) {
      throw badInput("--" + e.getMessage(), e);
    }
  }

  private StressPlan plan() {
    return new StressPlan(
        threads,
        seed == null ? System.currentTimeMillis() : seed,
        CloseTime.of(close),
        memoryBytes(),
        longestRound,
        patience);
  }

  /** For how long rounds are begun, or null if their number is given. */
  private Duration limit() {
    if (rounds != null) {
      return null;
    }
    if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
      throw new IllegalArgumentException(
          "minutes is " + minutes + "; it must be above 0 and at most " + MOST_MINUTES);
    }
    return Duration.ofMillis((long) Math.ceil(minutes * 60_000));
  }

  private long memoryBytes() {
    var option =
        hak.core.spi.Option.bytes(
            "memory",
            StressPlan.LEAST_MEMORY_BYTES,
            MOST_MEMORY_BYTES,
            StressPlan.DEFAULT_MEMORY_BYTES,
            "");
    try {
      return (Long) option.parse(memory);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("memory: " + e.getMessage(), e);
    }
  }
}
