package hak.core.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hak.core.memory.VirtualMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The kernel's memory calls on Linux, through the C library of the process. */
public final class LinuxVirtualMemory implements VirtualMemory {
  private static final int PROT_NONE = 0;
  private static final int PROT_READ = 1;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MAP_NORESERVE = 0x4000;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle mprotect;
  private final MethodHandle madvise;
  private final AtomicLong calls = new AtomicLong();

  /**
   * Links the calls.
   *
   * @throws UnsupportedOperationException on a system other than Linux on x86-64 or aarch64
   */
  public LinuxVirtualMemory() {
    String os = System.getProperty("os.name");
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!os.equals("Linux") || !(arch.equals("amd64") || arch.equals("aarch64"))) {
      throw new UnsupportedOperationException(
          "HAK needs Linux on x86-64 or aarch64, this is " + os + " on " + arch);
    }
    mmap =
        link(
            "mmap",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    munmap = link("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    mprotect = link("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    madvise = link("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  }

  private static MethodHandle link(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(symbol, descriptor);
  }

  private long map(long bytes, int protection, int flags) {
    calls.incrementAndGet();
    try {
      long address =
          (long) mmap.invokeExact(0L, bytes, protection, MAP_PRIVATE_ANONYMOUS | flags, -1, 0L);
      return address == MAP_FAILED ? 0 : address;
    } catch (Throwable e) {
      throw NativeCall.thrown(e);
    }
  }

  private boolean protectOrAdvise(MethodHandle call, long address, long bytes, int argument) {
    calls.incrementAndGet();
    try {
      return (int) call.invokeExact(address, bytes, argument) == 0;
    } catch (Throwable e) {
      throw NativeCall.thrown(e);
    }
  }

  @Override
  public long reserve(long bytes) {
    return map(bytes, PROT_NONE, MAP_NORESERVE);
  }

  @Override
  public long map(long bytes) {
    return map(bytes, PROT_READ_WRITE, MAP_NORESERVE);
  }

  @Override
  public boolean commit(long address, long bytes) {
    return protectOrAdvise(mprotect, address, bytes, PROT_READ_WRITE);
  }

  @Override
  public boolean allowRead(long address, long bytes) {
    return protectOrAdvise(mprotect, address, bytes, PROT_READ);
  }

  @Override
  public boolean purge(long address, long bytes) {
    return protectOrAdvise(madvise, address, bytes, MADV_DONTNEED);
  }

  @Override
  public boolean adviseHuge(long address, long bytes) {
    return protectOrAdvise(madvise, address, bytes, MADV_HUGEPAGE);
  }

  @Override
  public boolean unmap(long address, long bytes) {
    calls.incrementAndGet();
    try {
      return (int) munmap.invokeExact(address, bytes) == 0;
    } catch (Throwable e) {
      throw NativeCall.thrown(e);
    }
  }

  @Override
  public long callCount() {
    return calls.get();
  }
}
