package hak.core.inside;

import hak.core.memory.VirtualMemory;
import java.nio.file.Path;
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
  private static final ScopedValue<Path> FILES = ScopedValue.newInstance();

  private OtherSystem() {}

  /**
   * The result of {@code open}; the stacks that it opens on this thread are over {@code system}.
   */
  public static <T> T with(VirtualMemory system, Supplier<T> open) {
    return ScopedValue.where(SYSTEM, system).call(open::get);
  }

  /**
   * The result of {@code open}; the stacks that it opens on this thread read in the files below
   * {@code root} how much memory the process may use.
   */
  public static <T> T withFiles(Path root, Supplier<T> open) {
    return ScopedValue.where(FILES, root).call(open::get);
  }

  /** Where the files of the system are: {@code /}, or what {@link #withFiles} says. */
  public static Path files() {
    return FILES.orElse(Path.of("/"));
  }

  /** The system of the {@link #with} that encloses the call, or else the kernel. */
  public static VirtualMemory orElse(Supplier<VirtualMemory> kernel) {
    return SYSTEM.isBound() ? SYSTEM.get() : kernel.get();
  }
}
