package hak.core.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
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
  private static final int MADV_NOHUGEPAGE = 15;
  private static final long MAP_FAILED = -1;

  /** The linked calls, the same for every stack. */
  private static Calls linked;

  private final Calls calls;
  private final AtomicLong count = new AtomicLong();

  /** One method handle for each call. */
  private record Calls(
      MethodHandle mmap,
      MethodHandle munmap,
      MethodHandle mprotect,
      MethodHandle madvise,
      MethodHandle mincore,
      MethodHandle mincoreOfPage) {
    /**
     * How often interpreted code invokes a method handle before it gets a class of its own: {@code
     * java.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD} is 127.
     */
    private static final int UNTIL_CUSTOMISED = 130;

    static Calls link() {
      Calls calls =
          new Calls(
              link(
                  "mmap",
                  FunctionDescriptor.of(
                      JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)),
              link("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG)),
              link("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)),
              link("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)),
              link("mincore", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS)),
              link("mincore", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG)));
      calls.settle();
      return calls;
    }

    private static MethodHandle link(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker().downcallHandle(CLibrary.find(name), descriptor);
    }

    /**
     * Calls each with an empty range until the JVM has made all the classes it wants for it: later
     * that would take more of the stack than a slow path has asked for.
     */
    private void settle() {
      for (int i = 0; i < UNTIL_CUSTOMISED; i++) {
        map(0, PROT_NONE, 0);
        unmap(0, 0);
        call(mprotect, 0, 0, PROT_NONE);
        call(madvise, 0, 0, MADV_DONTNEED);
        inCore(0, 0, MemorySegment.NULL);
        ResidentPages.isAbsent(mincoreOfPage, 0);
      }
    }

    long map(long bytes, int protection, int flags) {
      try {
        return (long) mmap.invokeExact(0L, bytes, protection, flags, -1, 0L);
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }

    int unmap(long address, long bytes) {
      try {
        return (int) munmap.invokeExact(address, bytes);
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }

    int inCore(long address, long bytes, MemorySegment pages) {
      try {
        return (int) mincore.invokeExact(address, bytes, pages);
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }

    int call(MethodHandle protectOrAdvise, long address, long bytes, int argument) {
      try {
        return (int) protectOrAdvise.invokeExact(address, bytes, argument);
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }
  }

  /**
   * Links the calls, if no stack did before.
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
    calls = linked();
  }

  private static synchronized Calls linked() {
    if (linked == null) {
      linked = Calls.link();
    }
    return linked;
  }

  private long map(long bytes, int protection, int flags) {
    count.incrementAndGet();
    long address = calls.map(bytes, protection, MAP_PRIVATE_ANONYMOUS | flags);
    return address == MAP_FAILED ? 0 : address;
  }

  private boolean protectOrAdvise(MethodHandle call, long address, long bytes, int argument) {
    count.incrementAndGet();
    return calls.call(call, address, bytes, argument) == 0;
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
    return protectOrAdvise(calls.mprotect, address, bytes, PROT_READ_WRITE);
  }

  @Override
  public boolean allowRead(long address, long bytes) {
    return protectOrAdvise(calls.mprotect, address, bytes, PROT_READ);
  }

  @Override
  public boolean purge(long address, long bytes) {
    return protectOrAdvise(calls.madvise, address, bytes, MADV_DONTNEED);
  }

  @Override
  public boolean adviseHuge(long address, long bytes) {
    return protectOrAdvise(calls.madvise, address, bytes, MADV_HUGEPAGE);
  }

  @Override
  public boolean adviseSmall(long address, long bytes) {
    return protectOrAdvise(calls.madvise, address, bytes, MADV_NOHUGEPAGE);
  }

  @Override
  public boolean unmap(long address, long bytes) {
    count.incrementAndGet();
    return calls.unmap(address, bytes) == 0;
  }

  @Override
  public long residentBytes(long address, long bytes) {
    long resident = 0;
    for (long done = 0; done < bytes; done += ResidentPages.SPAN_BYTES) {
      long span = Math.min(ResidentPages.SPAN_BYTES, bytes - done);
      count.incrementAndGet();
      long there = residentSpan(address + done, span);
      if (there < 0) {
        return -1;
      }
      resident += there;
    }
    return resident;
  }

  private long residentSpan(long address, long bytes) {
    return ResidentPages.bytesThere(bytes, answer -> calls.inCore(address, bytes, answer) == 0);
  }

  @Override
  public boolean hasNoMemory(long address) {
    count.incrementAndGet();
    return ResidentPages.isAbsent(calls.mincoreOfPage, address);
  }

  @Override
  public long callCount() {
    return count.get();
  }
}
