package hak.bench.workload;

import static java.util.stream.Collectors.joining;

import hak.bench.trace.ParallelProgram;
import hak.core.profile.NearestName;
import hak.core.spi.Option;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of synthetic workloads. */
public final class SyntheticWorkloads {
  private static final List<WorkloadFamily> FAMILIES =
      List.of(
          new RandomMixed(),
          new RandomMixedLegacy(),
          new FixedSize(),
          new Larson(),
          new Xmalloc(),
          new Remote(),
          new MidLarge(),
          SlotWorkload.bigChurn(),
          new Mstress(),
          new AllocTest(),
          new GlibcSimple(),
          SlotWorkload.glibcThread(),
          SlotWorkload.mallocLarge(),
          new Sh6(),
          new Rptest(),
          new CacheScratch(),
          new Websocket(),
          new Fleet(),
          Tasks.onVirtualThreads(),
          Tasks.onPlatformThreads(),
          new Mleak(),
          new Phases());

  private SyntheticWorkloads() {}

  /** All rows. */
  public static List<WorkloadType> all() {
    return FAMILIES.stream().map(WorkloadFamily::type).toList();
  }

  /** A workload that was asked for, with its parameters. */
  public static final class Request {
    private final String text;
    private final WorkloadFamily family;
    private final Settings settings;

    private Request(String text, WorkloadFamily family, Settings settings) {
      this.text = text;
      this.family = family;
      this.settings = settings;
    }

    /** What it was asked for by. */
    public String text() {
      return text;
    }

    /** The threads that it was asked for with, or that it has by default. */
    public int threads() {
      return settings.get(threadsParameter());
    }

    private Option threadsParameter() {
      return parameter(family.type(), Parameters.THREADS);
    }

    /**
     * The same with a number of threads, unless it was asked for with one.
     *
     * @throws IllegalArgumentException if it cannot have so many
     */
    public Request withThreads(int threads) {
      if (settings.has(Parameters.THREADS)) {
        return this;
      }
      long value = value(family.type(), threadsParameter(), (long) threads);
      return new Request(text, family, settings.with(Parameters.THREADS, value));
    }

    /** Draws the program: the same each time. */
    public ParallelProgram program() {
      return family.draw(settings);
    }
  }

  /**
   * Reads a request: {@code NAME} or {@code NAME:PARAMETER=VALUE,PARAMETER=VALUE}.
   *
   * @throws IllegalArgumentException naming what there is, if there is no such workload or
   *     parameter or a value is out of range
   */
  public static Request parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    WorkloadFamily family =
        FAMILIES.stream()
            .filter(each -> matches(each.type(), name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    WorkloadType type = family.type();
    Settings settings = new Settings(Map.of());
    if (type.numberInName() != null) {
      String number = name.substring(type.name().length());
      settings =
          settings.with(type.numberInName().name(), value(type, type.numberInName(), number));
    }
    if (colon >= 0) {
      for (String assignment : text.substring(colon + 1).split(",", -1)) {
        settings = assign(type, settings, assignment);
      }
    }
    check(family, settings);
    return new Request(text, family, settings);
  }

  private static void check(WorkloadFamily family, Settings settings) {
    try {
      family.check(settings);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(family.type().form() + ": " + e.getMessage(), e);
    }
  }

  private static boolean matches(WorkloadType type, String name) {
    return type.numberInName() == null
        ? name.equals(type.name())
        : name.startsWith(type.name())
            && name.substring(type.name().length()).matches("0|[1-9][0-9]{0,8}");
  }

  private static Settings assign(WorkloadType type, Settings settings, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          type.form() + ": '" + assignment + "' is not PARAMETER=VALUE");
    }
    String name = assignment.substring(0, equals);
    Option parameter = parameter(type, name);
    if (settings.has(name)) {
      throw new IllegalArgumentException(type.form() + ": " + name + " is set twice");
    }
    return settings.with(name, value(type, parameter, assignment.substring(equals + 1)));
  }

  private static Option parameter(WorkloadType type, String name) {
    return type.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                type.form()
                    + " has no parameter '"
                    + name
                    + "'"
                    + NearestName.hint(
                        name, type.parameters().stream().map(Option::name).toList())));
  }

  private static long value(WorkloadType type, Option parameter, Object raw) {
    try {
      return (Long) parameter.parse(raw);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          type.form() + ": " + parameter.name() + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> names =
        FAMILIES.stream()
            .map(WorkloadFamily::type)
            .flatMap(type -> Stream.of(type.usualName(), type.form()))
            .distinct()
            .toList();
    String nearest =
        NearestName.of(name, names)
            .map(near -> "did you mean '" + near + "'? There are: ")
            .orElse("there are: ");
    String forms = all().stream().map(WorkloadType::form).collect(joining(", "));
    return new IllegalArgumentException("no workload '" + name + "'; " + nearest + forms);
  }
}
