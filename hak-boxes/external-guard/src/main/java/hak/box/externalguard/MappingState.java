package hak.box.externalguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the process has mapped at an address. */
enum MappingState {
  /** Memory that can be read and written: another allocator's, most likely. */
  WRITABLE,
  /** Mapped, but not for reading and writing. */
  PROTECTED,
  /** Nothing is there. */
  UNMAPPED,
  /** The system does not tell. */
  UNKNOWN;

  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Looks the address up in the process's mappings. */
  static MappingState of(long address) {
    try (Stream<String> lines = Files.lines(MAPS)) {
      return lines
          .filter(line -> contains(line, address))
          .findFirst()
          .map(MappingState::ofLine)
          .orElse(UNMAPPED);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static boolean contains(String line, long address) {
    int dash = line.indexOf('-');
    int space = line.indexOf(' ');
    long start = Long.parseUnsignedLong(line, 0, dash, 16);
    long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
    return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
  }

  private static MappingState ofLine(String line) {
    return line.startsWith("rw", line.indexOf(' ') + 1) ? WRITABLE : PROTECTED;
  }
}
