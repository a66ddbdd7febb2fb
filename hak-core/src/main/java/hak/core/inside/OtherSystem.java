package hak.core.inside;

import hak.core.memory.VirtualMemory;
import java.util.function.Supplier;

/**
 * Opens stacks over another view of the operating system than the kernel's own: for tests that make
 * it fail.
 *
 * <p>A scoped value and not a parameter of {@code Hak.open}: who says where memory is can reach all
 * of it, so this must not be public, and a package below hak.core cannot name {@code Hak}.
 */
public final class OtherSystem {
  private static final ScopedValue<VirtualMemory> SYSTEM = ScopedValue.newInstance();

  private OtherSystem() {}

  /**
   * The result of {@code open}; the stacks that it opens on this thread are over {@code system}.
   */
  public static <T> T with(VirtualMemory system, Supplier<T> open) {
    return ScopedValue.where(SYSTEM, system).call(open::get);
  }

  /** The system of the {@link #with} that encloses the call, or else the kernel. */
  public static VirtualMemory orElse(Supplier<VirtualMemory> kernel) {
    return SYSTEM.isBound() ? SYSTEM.get() : kernel.get();
  }
}
