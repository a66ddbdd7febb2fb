package hak.core.spi;

import java.util.List;
import java.util.Set;

/**
 * Names a box, says what can be set, and makes it. Provided as a service by a module or listed on
 * the class path, as {@link java.util.ServiceLoader} has it; two providers with one id are an
 * error.
 *
 * <p>A public class with a public constructor without parameters. Where it is called after its id,
 * {@code TlsSllProvider} for {@code tls-sll}, its module may open the package to hak.core and so
 * say that it is. When all that are found say so, none is loaded before a profile names it.
 *
 * <p>A provider implements the interface of its {@link Role}: {@link ThreadCacheProvider}, {@link
 * SizeTierProvider}, ...
 */
public interface BoxProvider {
  /** The name in profiles: lower case letters, digits and hyphens. */
  String id();

  /** The place the box takes: what the interface of the role says. */
  Role role();

  /** One line for {@code hak boxes}. */
  String summary();

  /** What can be set in the box's table of a profile; help and errors are made from it. */
  default List<Option> options() {
    return List.of();
  }

  /**
   * Names of those of {@link #options} that learners may set while a stack runs; numbers all. The
   * box asks what holds by {@link BoxContext#turned}.
   */
  default Set<String> turnable() {
    return Set.of();
  }

  /**
   * What the box brings to a stack beside itself, in words that others may require or exclude:
   * {@link ThreadCacheProvider#CACHED_BLOCKS}, or one of a plugin's own. Lower case with hyphens.
   */
  default Set<String> provides() {
    return Set.of();
  }

  /** Ids, or what is provided, of which another box in the same stack must have each. */
  default Set<String> requires() {
    return Set.of();
  }

  /** Ids, or what is provided, that no other box in the same stack may have. */
  default Set<String> excludes() {
    return Set.of();
  }

  /**
   * Ids, or what is provided, of boxes that this one must come before where both are in one list.
   * Order that is not stated here does not matter.
   */
  default Set<String> before() {
    return Set.of();
  }

  /**
   * What the box keeps in every thread heap with these settings. Asked before anything is mapped:
   * {@link #create} may ask its context for no more, or the stack is refused.
   *
   * @param layers how many layers an {@link Observer} sees, as {@link BoxContext#layers}
   */
  default HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.NONE;
  }

  /**
   * Makes the box for one stack. Called once, before any thread uses the stack; what it throws
   * fails the opening of the stack, and nothing stays mapped.
   */
  Box create(BoxContext context);
}
