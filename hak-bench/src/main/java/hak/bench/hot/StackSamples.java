package hak.bench.hot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where threads were, a hundred times or more in each second of processor time: Flight Recorder's
 * CPUTimeSample (JEP 509). Inlined methods are frames as others are.
 *
 * <p>A sample that is biased, because the instruction had no source line, is of where the thread
 * went next; it is not counted.
 *
 * @param stacks of each sample the frames, the innermost first
 * @param lost samples that could not be taken, or were biased
 */
record StackSamples(List<List<Frame>> stacks, long lost) {
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String LOST = "jdk.CPUTimeSamplesLost";

  /** More often than the kernel's timers can; so each of its ticks is a sample. */
  private static final String RATE = "1000/s";

  private static final String HIDDEN_CLASS = "[+/.]0x.*";

  /**
   * A frame.
   *
   * @param type name of the class, that of a hidden one without its number
   * @param method name of the method
   * @param line in the source file
   */
  record Frame(String type, String method, int line) {
    String packageName() {
      int end = type.lastIndexOf('.');
      return end < 0 ? "" : type.substring(0, end);
    }

    /** Class, method and line. */
    String place() {
      return type.substring(type.lastIndexOf('.') + 1) + "." + method + ":" + line;
    }
  }

  /** Takes samples while something runs, of the threads whose names fit. */
  static StackSamples of(Runnable what, Predicate<String> threads) {
    try (Recording recording = new Recording()) {
      recording.enable(SAMPLE).with("throttle", RATE);
      recording.enable(LOST);
      recording.start();
      what.run();
      recording.stop();
      Path file = Files.createTempFile("hak-samples", ".jfr");
      try {
        recording.dump(file);
        return read(file, threads);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StackSamples read(Path file, Predicate<String> threads) throws IOException {
    List<List<Frame>> stacks = new ArrayList<>();
    long lost = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        RecordedThread thread = event.getThread("eventThread");
        if (thread == null || thread.getJavaName() == null || !threads.test(thread.getJavaName())) {
          continue;
        }
        RecordedStackTrace trace = event.getStackTrace();
        if (event.getEventType().getName().equals(LOST)) {
          lost += event.getLong("lostSamples");
        } else if (trace == null || trace.getFrames().isEmpty() || event.getBoolean("biased")) {
          lost++;
        } else {
          stacks.add(trace.getFrames().stream().map(StackSamples::frame).toList());
        }
      }
    }
    return new StackSamples(stacks, lost);
  }

  private static Frame frame(RecordedFrame frame) {
    return new Frame(
        frame.getMethod().getType().getName().replaceFirst(HIDDEN_CLASS, ""),
        frame.getMethod().getName(),
        frame.getLineNumber());
  }
}
