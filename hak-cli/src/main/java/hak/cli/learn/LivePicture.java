package hak.cli.learn;

import hak.bench.live.LiveSample;
import hak.cli.output.TextPlot;
import hak.core.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A value over time as a line, and beside it the memory that the stack had then. */
final class LivePicture {
  private static final int WIDTH = 36;
  private static final int HEIGHT = 6;
  private static final int GAP = 3;

  private LivePicture() {}

  /** Its lines; of one sample or more. */
  static List<String> lines(Policy.Setting setting, List<Long> values, List<LiveSample> samples) {
    List<Long> mebibytes = samples.stream().map(sample -> sample.residentBytes() >> 20).toList();
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    left.add(setting.key() + ": " + setting.value());
    right.add("resident MiB: " + mebibytes.getLast());
    left.addAll(TextPlot.lineOf(values, WIDTH, HEIGHT));
    right.addAll(TextPlot.lineOf(mebibytes, WIDTH, HEIGHT));
    int width = left.stream().mapToInt(String::length).max().orElse(0) + GAP;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      String space = " ".repeat(width - left.get(i).length());
      lines.add((left.get(i) + space + right.get(i)).stripTrailing());
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%.0f s to %.0f s",
            samples.getFirst().seconds(),
            samples.getLast().seconds()));
    return lines;
  }
}
