package hak.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hak.bench.replay.Operations;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The allocator of the process called from Java through FFM: what a Java program does without HAK.
 * It is the C library's, or one that was preloaded. The one place outside of hak.core that makes
 * native calls; only the JVM of this peer grants them.
 *
 * @param malloc {@code malloc}
 * @param calloc {@code calloc}
 * @param alignedAlloc {@code aligned_alloc}
 * @param realloc {@code realloc}
 * @param free {@code free}
 */
record FfmOperations(
    MethodHandle malloc,
    MethodHandle calloc,
    MethodHandle alignedAlloc,
    MethodHandle realloc,
    MethodHandle free)
    implements Operations {
  private static final FunctionDescriptor ONE = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor TWO =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Links the calls, with these options. */
  static FfmOperations link(Linker.Option... options) {
    return new FfmOperations(
        link("malloc", ONE, options),
        link("calloc", TWO, options),
        link("aligned_alloc", TWO, options),
        link("realloc", TWO, options),
        link("free", FunctionDescriptor.ofVoid(JAVA_LONG), options));
  }

  @SuppressWarnings("restricted") // the JVM of this peer grants it
  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(find(name), descriptor, options);
  }

  /**
   * What a program in C would call: the lookup of the linker finds the functions of the C library
   * also where others were preloaded in their place.
   */
  @SuppressWarnings("restricted") // as above
  static MemorySegment find(String name) {
    Linker linker = Linker.nativeLinker();
    MethodHandle dlsym =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dlsym"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment anywhere = MemorySegment.NULL; // RTLD_DEFAULT
      return (MemorySegment) dlsym.invokeExact(anywhere, arena.allocateFrom(name));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static AssertionError unexpected(Throwable e) {
    return new AssertionError("a native call does not throw", e);
  }

  @Override
  public long malloc(long home, int slot, long size) {
    try {
      return (long) malloc.invokeExact(size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long calloc(long home, int slot, long size) {
    try {
      return (long) calloc.invokeExact(1L, size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    try {
      return (long) alignedAlloc.invokeExact(Math.max(alignment, Long.BYTES), size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long realloc(long address, long size) {
    try {
      return (long) realloc.invokeExact(address, size);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void free(long address) {
    try {
      free.invokeExact(address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long usableSize(long address) {
    throw new UnsupportedOperationException("not part of the C standard");
  }
}
