package hak.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The stacks that the whole process shares, by the name or the value of their profile. */
final class SharedStacks {
  private static final Map<Object, HakAllocator> STACKS = new HashMap<>();

  private SharedStacks() {}

  /**
   * The stack of a key, opened if it is asked for the first time. One is opened at a time; what
   * {@code open} throws leaves nothing behind.
   *
   * @param key a name or a profile
   */
  static synchronized <K> HakAllocator get(K key, Function<K, HakAllocator> open) {
    HakAllocator stack = STACKS.get(key);
    if (stack == null) {
      stack = open.apply(key);
      STACKS.put(key, stack);
    }
    return stack;
  }
}
