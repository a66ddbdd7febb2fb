package hak.cli.trace;

import hak.bench.record.LeftOut;
import hak.bench.record.Recording;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import java.nio.file.Path;

/** What became of a recording, on standard error: standard output is the recorded program's. */
final class RecordingLines {
  private RecordingLines() {}

  static void print(Recording recording, Path file, Page err) {
    err.printf(
        "hak: %s calls, threads: %d, blocks: %s, in %s%n",
        TextTable.grouped(recording.events()),
        recording.threads(),
        TextTable.grouped(recording.blocks()),
        file);
    LeftOut leftOut = recording.leftOut();
    if (leftOut.total() > 0) {
      err.printf(
          "hak: not as they were: %s ends of unknown blocks, %s blocks without a free, %s too"
              + " large, %s unfinished calls%n",
          TextTable.grouped(leftOut.unknownEnds()),
          TextTable.grouped(leftOut.missedEnds()),
          TextTable.grouped(leftOut.tooLarge()),
          TextTable.grouped(leftOut.unfinished()));
    }
    if (!recording.endedBy().isEmpty()) {
      err.printError("hak: the recording ended before the program: " + recording.endedBy());
    }
    err.flush();
  }
}
