package hak.bench.shadow;

import static java.util.stream.Collectors.joining;

import hak.bench.shadow.LearnReport.Arm;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.learn.pattern.RouteFigures;
import java.util.List;
import java.util.Locale;

/** What was learned, as what a profile sets: value, and why. */
final class Knobs {
  private final Profile profile;
  private final Profile learned;
  private final LearnReport report;

  private Knobs(Profile profile, LearnReport report) {
    this.profile = profile;
    this.report = report;
    learned = Learning.profileOf(profile, report);
  }

  static List<Knob> of(Profile profile, LearnReport report) {
    Knobs knobs = new Knobs(profile, report);
    return List.of(knobs.cache(), knobs.route(), knobs.extraClasses());
  }

  private Knob cache() {
    String key = report.chosen() == 0 ? "stack.caches" : "box.tls-sll.capacity";
    return new Knob(key, capacity(report.first()), capacity(report.chosen()), evidenceOfCapacity());
  }

  private static String capacity(int capacity) {
    return capacity == 0 ? "no tls-sll" : "tls-sll of " + capacity;
  }

  private String evidenceOfCapacity() {
    Arm arm = report.arm(report.chosen());
    String evidence =
        String.format(
            Locale.ROOT,
            "cost %.1f %% of that without a cache, cheapest in %d of %d windows",
            100 * arm.cost(),
            arm.windowsWon(),
            report.windows());
    return report.chosen() == report.first()
        ? evidence
        : evidence
            + String.format(
                Locale.ROOT,
                "; as in the profile %.1f %%",
                100 * report.arm(report.first()).cost());
  }

  private Knob route() {
    return new Knob(
        "stack.tiers",
        String.join(", ", profile.boxes(Section.TIERS)),
        String.join(", ", learned.boxes(Section.TIERS)),
        evidenceOfRoute());
  }

  private String evidenceOfRoute() {
    Route route = report.route();
    if (route == null) {
      return "no other tier is cheaper for blocks of "
          + (RouteFigures.ABOVE_BYTES + 1)
          + " to "
          + RouteFigures.UP_TO_BYTES
          + " bytes";
    }
    String gain =
        String.format(
            Locale.ROOT,
            "%s for blocks of %d to %d bytes, in place of %s, gains %.1f %% of the time of all"
                + " calls",
            route.tier(),
            route.aboveBytes() + 1,
            route.upToBytes(),
            route.instead(),
            100 * route.gain());
    return report.hasRoute()
        ? gain + ": " + route.evidence()
        : gain + ", which is too little: " + leastGain();
  }

  private static String leastGain() {
    return String.format(Locale.ROOT, "%.0f %% is the least", 100 * LearnReport.LEAST_GAIN);
  }

  private Knob extraClasses() {
    return new Knob(
        "tier.mid.extra-classes",
        list(ExtraClasses.values(profile, List.of())),
        list(ExtraClasses.values(profile, report.extraClasses())),
        evidenceOfClasses());
  }

  private static String list(List<String> values) {
    return values.isEmpty() ? "none" : String.join(", ", values);
  }

  private String evidenceOfClasses() {
    if (report.extraClasses().isEmpty()) {
      return "no size between two classes of mid wastes enough bytes: " + leastGain();
    }
    return report.extraClasses().stream()
        .map(each ->
            String.format(
                Locale.ROOT,
                "%,d requests in blocks of %,d bytes instead of %,d save %,d bytes (%.1f %%)",
                each.count(),
                each.blockBytes(),
                each.insteadBytes(),
                each.savedBytes(),
                100 * each.gain()))
        .collect(joining("; "));
  }
}
