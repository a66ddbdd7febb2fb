package hak.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine that something was measured on.
 *
 * @param processor what the processor calls itself
 * @param processors how many of them this process may use
 * @param memoryBytes physical memory
 * @param system the operating system, its version and architecture
 * @param load processes that ran or wanted to, mean of the last minute
 */
public record Machine(
    String processor, int processors, long memoryBytes, String system, double load) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This one, now. */
  public static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processorName(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        system.getSystemLoadAverage());
  }

  /** The name that Linux knows; on aarch64, where it knows none, the architecture. */
  private static String processorName() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
