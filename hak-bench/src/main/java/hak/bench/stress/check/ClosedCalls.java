package hak.bench.stress.check;

import hak.core.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every call of the API, which throws {@link IllegalStateException} once the stack is closed. */
public final class ClosedCalls {
  private ClosedCalls() {}

  /**
   * Makes every call once.
   *
   * @throws StressException naming all that do not throw, or throw something else
   */
  public static void requireAllThrow(HakAllocator allocator) {
    List<String> wrong = new ArrayList<>();
    calls(allocator)
        .forEach((name, call) -> {
          try {
            call.run();
            wrong.add(name + " returned");
          } catch (IllegalStateException expected) {
            // as it must be
          } catch (RuntimeException | Error e) {
            wrong.add(name + " threw " + e);
          }
        });
    if (!wrong.isEmpty()) {
      throw new StressException("after close " + String.join(", ", wrong));
    }
  }

  private static Map<String, Runnable> calls(HakAllocator allocator) {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    for (long size : new long[] {0, 100, 5_000, 100_000, 5 << 20}) {
      calls.put("malloc(" + size + ")", () -> allocator.malloc(size));
      calls.put("malloc(" + size + ", 64)", () -> allocator.malloc(size, 64));
      calls.put("calloc(1, " + size + ")", () -> allocator.calloc(1, size));
      calls.put("realloc(0, " + size + ")", () -> allocator.realloc(0, size));
      calls.put("allocate(" + size + ", 8)", () -> allocator.allocate(size, 8));
    }
    calls.put("free(16)", () -> allocator.free(16));
    calls.put("free(16, 100)", () -> allocator.free(16, 100));
    calls.put("free(0)", () -> allocator.free(0));
    calls.put("free(segment)", () -> allocator.free(MemorySegment.ofAddress(16)));
    calls.put("realloc(16, 100)", () -> allocator.realloc(16, 100));
    calls.put("usableSize(16)", () -> allocator.usableSize(16));
    calls.put("arena()", allocator::arena);
    calls.put("sharedArena()", allocator::sharedArena);
    calls.put("trim()", allocator::trim);
    calls.put("releaseThreadHeap()", allocator::releaseThreadHeap);
    calls.put("stats()", allocator::stats);
    calls.put("counts()", allocator::counts);
    calls.put("shadows()", allocator::shadows);
    calls.put("describe()", allocator::describe);
    return calls;
  }
}
