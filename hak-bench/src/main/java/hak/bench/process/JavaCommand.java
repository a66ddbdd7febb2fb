package hak.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another JVM: of this one's version, with its modules or class path. */
public final class JavaCommand {
  /** System properties of the bench, which hold in all of its processes. */
  private static final String OWN_PROPERTIES = "hak.bench.";

  private JavaCommand() {}

  /**
   * Makes one.
   *
   * @param main the class to start
   * @param heapMebibytes size of the heap, which is fixed
   * @param options further options of the JVM
   * @param nativeAccess the modules that may make native calls, divided by commas
   * @param arguments what {@code main} is given
   */
  public static List<String> of(
      Class<?> main,
      long heapMebibytes,
      List<String> options,
      String nativeAccess,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String heap = heapMebibytes + "m";
    command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(options);
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OWN_PROPERTIES))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    Module module = main.getModule();
    if (module.isNamed()) {
      command.add("--enable-native-access=" + nativeAccess);
      command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
      command.addAll(List.of("--module", module.getName() + "/" + main.getName()));
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
      command.add(main.getName());
    }
    command.addAll(arguments);
    return command;
  }
}
