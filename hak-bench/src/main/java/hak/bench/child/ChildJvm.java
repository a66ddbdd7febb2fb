package hak.bench.child;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts JVMs: this JVM's version, modules and class path, a heap of fixed size, no collector
 * threads.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts a JVM.
   *
   * @param name what messages call it
   * @param main the class to run, of this module
   * @param heapMebibytes its heap
   * @param jvmOptions further options of the JVM
   * @param arguments what the class is given
   * @throws java.io.UncheckedIOException if it cannot be started
   */
  public static ChildProcess start(
      String name,
      Class<?> main,
      long heapMebibytes,
      List<String> jvmOptions,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String heap = heapMebibytes + "m";
    command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(jvmOptions);
    Module module = main.getModule();
    if (module.isNamed()) {
      command.add("--enable-native-access=hak.core,hak.bench");
      command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
      command.addAll(List.of("--module", module.getName() + "/" + main.getName()));
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
      command.add(main.getName());
    }
    command.addAll(arguments);
    return ChildProcess.start(name, command, Map.of());
  }
}
