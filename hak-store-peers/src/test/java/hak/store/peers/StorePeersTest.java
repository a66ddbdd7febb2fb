package hak.store.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePeersTest {
  private static final PeersScale TINY =
      new PeersScale(List.of(1 << 10, 100 << 10), 64 << 10, 10, 1);

  @TempDir private static Path folder;
  private static PeersReport report;

  @BeforeAll
  static void run() {
    report = StorePeers.run(folder, TINY, 2);
  }

  @Test
  void everyContestantDoesEveryOperationOrIsNamed() {
    int expected =
        TINY.sizesBytes().size() * Operation.values().length * Contestant.values().length;
    int missing = report.missing().size() * Operation.values().length;
    assertEquals(expected, report.rows().size() + missing, report.toString());
    assertTrue(report.rows().stream().allMatch(row -> row.nanos() > 0), report.toString());
  }

  /** The libraries come with the build, the Redis server does not. */
  @Test
  void nobodyIsMissingButRedis() {
    List<String> missing =
        report.missing().stream()
            .filter(one -> !one.reason().equals("redis-server is not installed"))
            .map(one -> one.contestant() + ": " + one.reason())
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
