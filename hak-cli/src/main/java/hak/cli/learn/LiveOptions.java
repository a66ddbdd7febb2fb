package hak.cli.learn;

import hak.bench.Workload;
import hak.bench.live.CostRequest;
import hak.bench.live.CostTurns;
import hak.bench.live.LearnerCost;
import hak.bench.live.Live;
import hak.bench.live.LiveRequest;
import hak.bench.live.LiveWatcher;
import hak.cli.command.StopRequest;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.Screen;
import hak.core.Hak;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import hak.core.spi.BoxProvider;
import hak.core.spi.Role;
import hak.core.spi.Section;
import hak.policy.FrozenPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for learners that set a stack while it runs: how long, and which. */
final class LiveOptions implements AutoCloseable {
  private static final int COST_TURNS = 20;
  private static final Duration COST_TURN = Duration.ofSeconds(2);
  private static final double MOST_MINUTES = 60 * 24 * 100;
  private static final double MILLIS_PER_MINUTE = 60_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "Run the program so long on a stack with learners, and show what they do; without it the"
              + " calls are counted and nothing is run.")
  private Double minutes;

  @Option(
      names = "--learners",
      paramLabel = "NAME",
      split = ",",
      description = "With --minutes: these learners in place of the profile's (hak boxes).")
  private List<String> learners;

  @Option(
      names = "--cost",
      description =
          "With --minutes: afterwards measure what the learners cost, in "
              + COST_TURNS
              + " turns with them and as many without; a minute or two.")
  private boolean costs;

  private StopRequest stop;

  /** Whether a stack is to run. */
  boolean isAsked() {
    return minutes != null;
  }

  void requireFitting() {
    if (isAsked() && !(minutes > 0 && minutes <= MOST_MINUTES)) {
      throw badInput(
          "--minutes is " + minutes + "; it must be above 0 and at most " + MOST_MINUTES);
    }
    if (!isAsked() && learners != null) {
      throw badInput("--learners needs --minutes: learners learn while a stack runs");
    }
    if (!isAsked() && costs) {
      throw badInput("--cost needs --minutes: it is of learners of a stack that runs");
    }
  }

  private ParameterException badInput(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * Runs the program and shows it.
   *
   * @param page where it is shown; null = nowhere
   */
  LiveLearning learn(Profile profile, Workload workload, Page page, ProgressLine progress) {
    Profile learning = withLearners(profile);
    stop = StopRequest.listen();
    Duration length = Duration.ofMillis((long) Math.ceil(minutes * MILLIS_PER_MINUTE));
    Live.Watched watched;
    if (page != null && Screen.isPossible(page)) {
      try (Screen screen = new Screen(page)) {
        String title = title(learning, workload);
        watched = run(learning, workload, length, new LiveScreen(screen, page, title));
      }
    } else {
      LiveWatcher lines = page == null ? LiveWatcher.NONE : new LiveLines(page);
      watched =
          run(
              learning,
              workload,
              length,
              (samples, policy, news) -> {
                lines.looked(samples, policy, news);
                long done = Math.round(samples.getLast().seconds());
                progress.advanced(
                    workload.name(), "runs", Math.min(done, seconds(length)), seconds(length));
              });
      if (page != null) {
        page.println();
      }
    }
    return new LiveLearning(
        profile.with(Section.LEARNERS, List.of()),
        watched.report(),
        FrozenPolicy.of(withoutAdded(watched.policy(), profile)),
        costs ? cost(learning, workload, progress) : null);
  }

  private Live.Watched run(
      Profile profile, Workload workload, Duration length, LiveWatcher watcher) {
    return Live.run(new LiveRequest(profile, workload, length, watcher, stop));
  }

  private LearnerCost cost(Profile profile, Workload workload, ProgressLine progress) {
    return CostTurns.measure(
        new CostRequest(profile, workload, COST_TURNS, COST_TURN, progress, stop));
  }

  private String title(Profile profile, Workload workload) {
    return String.format(
        Locale.ROOT, "%s, profile %s, for %s minutes", workload.name(), profile.name(), minutes);
  }

  private static long seconds(Duration length) {
    return Math.max(1, length.toSeconds());
  }

  private Profile withLearners(Profile profile) {
    Profile with =
        learners == null ? profile : withNeeded(profile.with(Section.LEARNERS, learners));
    if (with.boxes(Section.LEARNERS).isEmpty()) {
      throw badInput(
          "profile '"
              + profile.name()
              + "' names no learner; --learners takes some of "
              + Hak.boxes().stream()
                  .filter(box -> box.role() == Role.LEARNER)
                  .map(BoxProvider::id)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    List<String> errors =
        Hak.check(with).stream().map(problem -> "hak: --learners: " + problem).toList();
    if (!errors.isEmpty()) {
      throw new ProfileException(errors);
    }
    return with;
  }

  /** What learners need to see is added where it is missing: the observers that they name. */
  private static Profile withNeeded(Profile learning) {
    Set<String> needed =
        Hak.boxes().stream()
            .filter(box -> learning.boxes(Section.LEARNERS).contains(box.id()))
            .flatMap(box -> box.requires().stream())
            .filter(id -> !learning.has(id))
            .collect(Collectors.toSet());
    Profile with = learning;
    for (BoxProvider box : Hak.boxes()) {
      if (box.role() == Role.OBSERVER && needed.contains(box.id())) {
        with = with.withMore(Section.OBSERVERS, box.id());
      }
    }
    return with;
  }

  /** Without the observers that were added for the learners. */
  private static Policy withoutAdded(Policy policy, Profile profile) {
    List<String> observers = profile.boxes(Section.OBSERVERS);
    return new Policy(
        policy.generation(),
        policy.profile().with(Section.OBSERVERS, observers),
        policy.settings(),
        policy.learners(),
        policy.advice(),
        policy.next().with(Section.OBSERVERS, observers));
  }

  /** The command has written what it has. */
  @Override
  public void close() {
    if (stop != null) {
      stop.close();
    }
  }
}
