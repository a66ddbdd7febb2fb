package hak.core.limits;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of address space ({@code RLIMIT_AS}, {@code ulimit -v}) and how much of it is taken.
 * What is reserved counts, whether there is memory behind it or not.
 *
 * @param limitBytes the soft limit, which holds
 * @param usedBytes what the process has mapped; 0 where the system does not say
 */
public record AddressSpace(long limitBytes, long usedBytes) {
  private static final String LIMITS = "/proc/self/limits";
  private static final String STATUS = "/proc/self/status";

  /** {@code Max address space 17179869184 unlimited bytes}: soft, then hard. */
  private static final Pattern LIMIT =
      Pattern.compile("Max address space\\s+(\\d{1,19}|unlimited)\\s.*");

  /** {@code VmSize: 2345678 kB}. */
  private static final Pattern USED = Pattern.compile("VmSize:\\s+(\\d{1,15}) kB");

  /** The limit; empty when there is none or the system does not say. */
  static Optional<AddressSpace> of(SystemFiles files) {
    return number(LIMIT, files.lines(LIMITS))
        .map(limit -> new AddressSpace(limit, number(USED, files.lines(STATUS)).orElse(0L) << 10));
  }

  private static Optional<Long> number(Pattern pattern, List<String> lines) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .findFirst()
        .flatMap(SystemFiles::number);
  }

  /** What the process can still map, at least 0. */
  public long leftBytes() {
    return Math.max(0, limitBytes - usedBytes);
  }
}
