package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is encoded is decoded, and whatever is broken is refused. */
class TraceReaderPropertyTest {
  private static final int THREADS = 5;

  /** A random valid trace beside what it must decode to. */
  private static final class Sample {
    private final TraceBuilder trace = new TraceBuilder().threads(THREADS);
    private final ProgramBuilder program = new ProgramBuilder(1);
    private final List<Integer> aliveIds = new ArrayList<>();
    private final List<Integer> slotOfId = new ArrayList<>();
    private final Random random;

    Sample(long seed, int events) {
      random = new Random(seed);
      for (int i = 0; i < events; i++) {
        step();
      }
    }

    private long size() {
      long bound = 1L << random.nextInt(1, 41);
      return random.nextLong(bound + 1);
    }

    private void step() {
      int op = aliveIds.isEmpty() ? random.nextInt(3) : random.nextInt(7);
      long size = size();
      switch (op) {
        case 0 -> {
          trace.malloc(size);
          create(program.malloc(size));
        }
        case 1 -> {
          trace.calloc(size);
          create(program.calloc(size));
        }
        case 2 -> {
          int log2 = random.nextInt(41);
          trace.aligned(log2, size);
          create(program.aligned(log2, size));
        }
        case 3 -> {
          int id = end();
          trace.realloc(slotOfId.size() - id, size);
          program.realloc(slotOfId.get(id), size);
          create(slotOfId.get(id));
        }
        default -> {
          int id = end();
          trace.free(slotOfId.size() - id);
          program.free(slotOfId.get(id));
        }
      }
    }

    private void create(int slot) {
      aliveIds.add(slotOfId.size());
      slotOfId.add(slot);
    }

    private int end() {
      return aliveIds.remove(/* index */ random.nextInt(aliveIds.size()));
    }
  }

  @Property
  void decodesWhatWasEncoded(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
    Sample sample = new Sample(seed, events);
    Program expected = sample.program.build();
    for (byte[] bytes : List.of(sample.trace.bytes(), sample.trace.zipped())) {
      Program program = TraceBuilder.read(bytes);
      assertArrayEquals(expected.events(), program.events());
      assertArrayEquals(expected.wide(), program.wide());
      assertArrayEquals(expected.leftover(), program.leftover());
      assertEquals(expected.slots(), program.slots());
      assertEquals(expected.peakLiveBytes(), program.peakLiveBytes());
    }
  }

  @Property
  void aSlotHoldsOneBlockAtATime(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
    Program program = TraceBuilder.read(new Sample(seed, events).trace.bytes());
    Set<Integer> alive = new HashSet<>();
    int most = 0;
    for (long event : program.events()) {
      int op = Program.op(event);
      if (op == Program.WIDE) {
        op = Program.wideOp(program.wide()[(int) Program.argument(event)]);
      }
      switch (op) {
        case Program.FREE -> assertTrue(alive.remove(Program.slot(event)));
        case Program.REALLOC -> assertTrue(alive.contains(Program.slot(event)));
        default -> assertTrue(alive.add(Program.slot(event)));
      }
      most = Math.max(most, alive.size());
    }
    assertEquals(most, program.slots());
    Set<Integer> left = new HashSet<>();
    for (int slot : program.leftover()) {
      assertTrue(left.add(slot));
    }
    assertEquals(alive, left);
  }

  @Property
  void brokenBytesAreRefusedOrAnotherTrace(
      @ForAll long seed, @ForAll @IntRange(max = 100) int events, @ForAll boolean zip) {
    Sample sample = new Sample(seed, events);
    byte[] bytes = zip ? sample.trace.zipped() : sample.trace.bytes();
    Random random = new Random(~seed);
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    byte[] broken = random.nextBoolean() ? bytes : shortened(bytes, random);
    try {
      Program program = TraceBuilder.read(broken);
      assertTrue(program.slots() <= program.events().length);
    } catch (TraceException e) {
      assertTrue(e.offset() >= 0, e.getMessage());
    }
  }

  private static byte[] shortened(byte[] bytes, Random random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }
}
