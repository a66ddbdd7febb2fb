package hak.bench.stress.report;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The stacks of all threads, virtual ones included. */
public final class StackDump {
  private StackDump() {}

  /** As text. The JVM brings all threads to a halt for it: it waits for each of them. */
  public static String ofAllThreads() {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach((thread, frames) -> {
          text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
          text.append('\n');
          for (StackTraceElement frame : frames) {
            text.append("    at ").append(frame).append('\n');
          }
        });
    return text.append("\nwith virtual threads:\n").append(ofDiagnostics()).toString();
  }

  private static String ofDiagnostics() {
    try {
      Path folder = Files.createTempDirectory("hak-stress-");
      Path file = folder.resolve("threads.txt"); // must not exist
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      return "not available: " + e;
    }
  }
}
