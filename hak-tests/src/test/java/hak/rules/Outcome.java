package hak.rules;

import java.util.List;

/** What a process that has ended said. */
record Outcome(int exitCode, String out, String err) {
  List<String> errLines() {
    return err.lines().toList();
  }
}
