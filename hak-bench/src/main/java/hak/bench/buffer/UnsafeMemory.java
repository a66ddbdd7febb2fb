package hak.bench.buffer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;

/**
 * {@code allocateMemory} of {@code sun.misc.Unsafe}, as long as a JDK has it: what off-heap
 * programs used before there was an API. It is looked up by name, so nothing here needs it.
 */
public final class UnsafeMemory implements BufferPeer {
  private static final String CLASS = "sun.misc.Unsafe";

  /** Found as a service. */
  public UnsafeMemory() {}

  /** The methods, in a class of their own, which is initialised when blocks are asked for. */
  private static final class Methods {
    static final MethodHandle ALLOCATE = find("allocateMemory", long.class, long.class);
    static final MethodHandle REALLOCATE =
        find("reallocateMemory", long.class, long.class, long.class);
    static final MethodHandle FREE = find("freeMemory", void.class, long.class);

    private static MethodHandle find(String name, Class<?> returned, Class<?>... arguments) {
      try {
        Class<?> type = Class.forName(CLASS);
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return MethodHandles.lookup()
            .findVirtual(type, name, MethodType.methodType(returned, arguments))
            .bindTo(instance.get(null));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this JDK has no " + CLASS + " any more", e);
      }
    }
  }

  private record Blocks() implements Buffers {
    @Override
    public Object allocate(long bytes) {
      try {
        return (long) Methods.ALLOCATE.invokeExact(bytes);
      } catch (Throwable e) {
        throw unexpected(e);
      }
    }

    @Override
    public long address(Object block) {
      return (Long) block;
    }

    @Override
    public Object resize(Object block, long bytes) {
      try {
        return (long) Methods.REALLOCATE.invokeExact(address(block), bytes);
      } catch (Throwable e) {
        throw unexpected(e);
      }
    }

    @Override
    public void free(Object block) {
      try {
        Methods.FREE.invokeExact(address(block));
      } catch (Throwable e) {
        throw unexpected(e);
      }
    }

    @Override
    public boolean zeroes() {
      return false;
    }

    private static Error unexpected(Throwable e) {
      return e instanceof Error error ? error : new AssertionError("checked by nobody", e);
    }
  }

  @Override
  public String name() {
    return "unsafe";
  }

  @Override
  public String description() {
    return "allocateMemory and freeMemory of " + CLASS;
  }

  @Override
  public Optional<String> missing() {
    try {
      Class.forName(CLASS, /* initialize */ false, UnsafeMemory.class.getClassLoader());
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of(CLASS + " is not in this JDK");
    }
  }

  @Override
  public boolean ownsMemory() {
    return false;
  }

  @Override
  public List<String> jvmOptions() {
    return List.of("--add-modules=jdk.unsupported", "--sun-misc-unsafe-memory-access=allow");
  }

  @Override
  public Buffers open() {
    return new Blocks();
  }
}
