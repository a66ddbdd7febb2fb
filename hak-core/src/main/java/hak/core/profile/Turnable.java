package hak.core.profile;

import hak.core.spi.Option;
import java.util.List;
import java.util.stream.Stream;

/**
 * An option that may be set while a stack runs: one of {@link StackOptions#TURNABLE}, or one that a
 * box says it can take another value of.
 *
 * @param key where it stands in a profile: {@code box.tls-sll.part}
 * @param box the box that has it; empty = the stack
 * @param option what is allowed; a number
 * @param first what the profile says
 */
public record Turnable(String key, String box, Option option, long first) {
  /** Those of the stack, as a profile sets them, before those of boxes. */
  public static List<Turnable> all(Profile profile, List<Turnable> ofBoxes) {
    return Stream.concat(
            StackOptions.TURNABLE.stream()
                .map(option ->
                    new Turnable(
                        StackOptions.path(option), "", option, profile.options().number(option))),
            ofBoxes.stream())
        .toList();
  }

  /** The profile with another value. */
  public Profile set(Profile profile, long value) {
    return box.isEmpty()
        ? profile.with(option, value)
        : profile.withSetting(box, option.name(), value);
  }
}
