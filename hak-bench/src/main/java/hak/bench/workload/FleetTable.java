package hak.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The sizes of the blocks of one kind of server, out of {@code fleet.csv}, which says where they
 * are from.
 *
 * @param rows sizes upwards; their births add up to 1, and so do their numbers
 */
record FleetTable(List<Row> rows) {
  /** How many kinds of servers there are. */
  static final int SERVERS = 10;

  private static final String FILE = "fleet.csv";
  private static final double MILLION = 1e6;

  /**
   * Blocks of about one size.
   *
   * @param bytes their mean
   * @param births the part of allocations that are of it
   * @param alive the part of the blocks which are alive at a moment
   */
  record Row(int bytes, double births, double alive) {}

  /** Copies the list. */
  FleetTable {
    rows = List.copyOf(rows);
  }

  /** The table of a kind of server, 0 to {@link #SERVERS} - 1. */
  static FleetTable of(int server) {
    String ofServer = server + ",";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FleetTable.class.getResourceAsStream(FILE), StandardCharsets.US_ASCII))) {
      return new FleetTable(
          lines
              .lines()
              .filter(line -> line.startsWith(ofServer)) // and not with the # of a comment
              .map(FleetTable::row)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] fields = line.split(",", -1);
    return new Row(
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]) / MILLION,
        Integer.parseInt(fields[3]) / MILLION);
  }

  /** The mean size of the blocks that are alive. */
  double meanBytes() {
    double bytes = 0;
    double blocks = 0;
    for (Row row : rows) {
      bytes += row.bytes() * row.alive();
      blocks += row.alive();
    }
    return bytes / blocks;
  }
}
