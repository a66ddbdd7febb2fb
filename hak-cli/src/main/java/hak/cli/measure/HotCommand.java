package hak.cli.measure;

import hak.bench.Workload;
import hak.bench.hot.Hot;
import hak.bench.hot.HotReport;
import hak.bench.hot.HotRequest;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where the time of a stack goes. */
@Command(
    name = "hot",
    description = {
      "Says where the time of a profile goes: samples by layer and by source line, and how often"
          + " each slow path is entered.",
      "",
      "Flight Recorder takes a sample at each tick of the kernel, inlined methods"
          + " included; 'stack' is what belongs to no box, 'loop' the replay, which writes to each"
          + " block. Slow paths are counted in a round of their own, hits and misses in another."
    },
    footer = {
      "  hak profile hot default --workload random-mixed",
      "  hak profile hot speed --trace node --own-threads --lines 40",
      "  hak profile hot mine.toml --workload remote-50 --seconds 30 --json hot.json"
    })
public final class HotCommand extends ReportCommand<HotReport> {
  private static final double MOST_SECONDS = 3600;

  @Parameters(
      paramLabel = "PROFILE",
      description = "Name of a shipped profile, or a file.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument profile;

  @Mixin private OneReplay replay;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long samples are taken (default: ${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Source lines that are printed (default: ${DEFAULT-VALUE}).")
  private int lines = 20;

  @Override
  protected HotReport report(ProgressLine progress) {
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw badInput(
          "--seconds is " + seconds + "; it must be above 0 and at most " + MOST_SECONDS, null);
    }
    atLeastOne("--lines", lines);
    Profile read = ProfileArgument.readAll(List.of(profile)).getFirst();
    Workload sampled = replay.workload();
    Duration length = Duration.ofMillis((long) Math.ceil(seconds * 1000));
    return Hot.run(new HotRequest(read, sampled, length, progress));
  }

  @Override
  protected void print(HotReport report, Page page) {
    new HotTables(page, lines).print(report);
  }
}
