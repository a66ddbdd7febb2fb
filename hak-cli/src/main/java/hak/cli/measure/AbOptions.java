package hak.cli.measure;

import hak.bench.Workload;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.cli.command.CommandFailedException;
import hak.cli.output.IoReason;
import hak.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that hold stacks against a base. */
final class AbOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "Processes of each stack and program (default: ${DEFAULT-VALUE}).")
  private int forks = AbRequest.Plan.DEFAULT_FORKS;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      description = "Differences up to this are none (default: ${DEFAULT-VALUE}).")
  private double thresholdPercent = 1;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Append every fork to FILE; those of the same comparison that are there already count.")
  private Path resume;

  AbRequest.Plan plan(int rounds) {
    if (forks < 1) {
      throw badInput("--forks is " + forks + "; it must be 1 or more", null);
    }
    if (forks > AbRequest.Plan.MOST_FORKS) {
      throw badInput(
          "--forks is " + forks + "; it must be " + AbRequest.Plan.MOST_FORKS + " or less", null);
    }
    return new AbRequest.Plan(forks, rounds);
  }

  Rule rule() {
    if (!(thresholdPercent >= 0 && thresholdPercent < 100)) {
      throw badInput(
          "--threshold is " + thresholdPercent + "; it must be 0 or more and below 100", null);
    }
    return new Rule(thresholdPercent / 100);
  }

  AbLog log(Profile base, List<Profile> changed, List<Workload> workloads, int rounds) {
    try {
      return resume == null ? AbLog.NONE : AbLog.open(resume, base, changed, workloads, rounds);
    } catch (IllegalArgumentException e) {
      throw explained(e);
    } catch (IOException e) {
      throw CommandFailedException.badInput(
          "cannot write " + resume + ": " + IoReason.ofWriting(e));
    }
  }

  /** What a comparison threw: with a log it is that which does not fit. */
  RuntimeException explained(IllegalArgumentException e) {
    return resume == null ? e : badInput("--resume: " + e.getMessage(), e);
  }

  private ParameterException badInput(String message, Throwable cause) {
    return new ParameterException(command.commandLine(), message, cause);
  }
}
