package hak.core.limits;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much memory and address space this process may take. Read anew by each call: a limit may be
 * changed while the process runs. Any thread may call; nothing is thrown, for what cannot be read
 * sets no limit.
 */
public final class SystemLimits {
  /** In kB. */
  private static final String MACHINE = "/proc/meminfo";

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

  /**
   * What is left of the memory that this process has a part of: the machine's, and that of each
   * control group with a limit.
   */
  public List<MemoryLeft> memoryLeft() {
    return Stream.concat(machine().stream(), new MemoryGroups(files).left().stream()).toList();
  }

  private Optional<MemoryLeft> machine() {
    Optional<Long> available = files.number(MACHINE, "MemAvailable:");
    long swap = files.number(MACHINE, "SwapFree:").orElse(0L);
    return files
        .number(MACHINE, "MemTotal:")
        .flatMap(total ->
            available.map(left -> new MemoryLeft("the machine", (left + swap) << 10, total << 10)));
  }
}
