package hak.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * Functions of the C library of the process.
 *
 * <p>The JDK's own lookup opens a file of the JDK when anybody first uses it. Where no file could
 * be opened at that moment it finds nothing for as long as the JVM lives. The C library itself is
 * loaded always, so that finding it by name opens none.
 */
final class CLibrary {
  /** The GNU's; else the JDK's own lookup is all there is. */
  private static final String NAME = "libc.so.6";

  private CLibrary() {}

  /**
   * The address of a function.
   *
   * @throws UnsatisfiedLinkError if it is not found
   */
  static MemorySegment find(String function) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(function)
        .or(() -> findByName(function))
        .orElseThrow(() ->
            new UnsatisfiedLinkError(
                "the JDK does not find '" + function + "' in the C library of this process"));
  }

  private static Optional<MemorySegment> findByName(String function) {
    try {
      return SymbolLookup.libraryLookup(NAME, Arena.global()).find(function);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
