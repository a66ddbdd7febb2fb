package hak.cli.measure;

import hak.bench.Workload;
import hak.bench.soak.Soak;
import hak.bench.soak.SoakLog;
import hak.bench.soak.SoakReport;
import hak.bench.soak.SoakRequest;
import hak.cli.command.CommandFailedException;
import hak.cli.command.ReportCommand;
import hak.cli.command.StopRequest;
import hak.cli.output.IoReason;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileOption;
import hak.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a stack in use for a long time. */
@Command(
    name = "soak",
    description = {
      "Keeps a stack in use for a long time: does it keep its speed, does its memory grow?",
      "",
      "A process of its own replays a program again and again. Every second (in a soak of more than"
          + " an hour, 3,600 times) its speed, resident memory, page faults and system calls are"
          + " taken. Growth is the median of the slopes between each two such points (Theil and"
          + " Sen), with an interval of 95 %%. Ctrl-C ends it with what there is; with --csv it"
          + " goes on from there when it is started again."
    },
    footer = {
      "  hak soak --minutes 60",
      "  hak soak --profile speed --workload larson --threads 2 --csv soak.csv",
      "  hak soak --trace node --minutes 10 --json soak.json"
    })
public final class SoakCommand extends ReportCommand<SoakReport> {
  private static final double MOST_MINUTES = 60 * 24 * 100;

  @Mixin private ProfileOption profileOption;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long in all (default: ${DEFAULT-VALUE}).")
  private double minutes = 10;

  @Mixin private OneReplay replay;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Append every epoch to FILE; the soak of a FILE that is there goes on.")
  private Path csv;

  private StopRequest stop;

  @Override
  protected SoakReport report(ProgressLine progress) {
    if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
      throw badInput(
          "--minutes is " + minutes + "; it must be above 0 and at most " + MOST_MINUTES, null);
    }
    Profile profile = profileOption.profile();
    Workload soaked = replay.workload();
    SoakLog log = log(profile.name() + ", " + soaked.name() + ", threads " + soaked.threads());
    stop = StopRequest.listen();
    Duration length = Duration.ofMillis((long) Math.ceil(minutes * 60_000));
    return Soak.run(new SoakRequest(profile, soaked, length, log, progress, stop));
  }

  private SoakLog log(String subject) {
    try {
      return csv == null ? SoakLog.inMemory() : SoakLog.open(csv, subject);
    } catch (IllegalArgumentException e) {
      throw badInput("--csv: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailedException.badInput("cannot write " + csv + ": " + IoReason.ofWriting(e));
    }
  }

  @Override
  protected void print(SoakReport report, Page page) {
    SoakTables.print(report, page);
  }

  @Override
  protected void finished() {
    if (stop != null) {
      stop.close();
    }
  }
}
