package hak.core.spi;

import java.util.List;
import java.util.Set;

/**
 * Names a box, says what can be set, and makes it. Found with {@link java.util.ServiceLoader}; two
 * providers with one id are an error.
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

  /** Ids of boxes that must be in the same stack. */
  default Set<String> requires() {
    return Set.of();
  }

  /** Ids of boxes that must not be in the same stack. */
  default Set<String> excludes() {
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
