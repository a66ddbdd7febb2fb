package hak.core.limits;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much memory and address space this process may take. Read anew by each call: a limit may be
 * changed while the process runs. Any thread may call; nothing is thrown, for what cannot be read
 * sets no limit.
 */
public final class SystemLimits {
  private final SystemFiles files;

  /**
   * The limits that files below a folder tell of.
   *
   * @param root {@code /}, or a copy of the files of some system
   */
  public SystemLimits(Path root) {
    files = new SystemFiles(root);
  }

  /** The smallest limit of memory: of the control groups, and of address space. */
  public Optional<MemoryBound> memory() {
    Stream<MemoryBound> address =
        addressSpace().stream().map(space -> new MemoryBound(space.limitBytes(), "RLIMIT_AS"));
    return Stream.concat(new MemoryGroups(files).bounds().stream(), address)
        .min(Comparator.comparingLong(MemoryBound::bytes));
  }

  /** The limit of address space, if there is one. */
  public Optional<AddressSpace> addressSpace() {
    return AddressSpace.of(files);
  }
}
