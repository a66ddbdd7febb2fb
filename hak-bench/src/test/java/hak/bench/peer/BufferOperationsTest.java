package hak.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.buffer.BufferPeer;
import hak.bench.buffer.BufferPeers;
import hak.bench.buffer.ConfinedArenas;
import hak.bench.replay.Crew;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.inside.RawAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer with buffers that is on the class path, as the loop calls it. */
class BufferOperationsTest {
  private static final int SLOT = 0;

  static List<BufferPeer> peers() {
    return BufferPeers.all();
  }

  private static void fill(long address, long size, int value) {
    RawAccess.everything().asSlice(address, size).fill((byte) value);
  }

  private static void assertFilled(long address, long size, int value) {
    for (long i = 0; i < size; i++) {
      assertEquals((byte) value, RawAccess.everything().get(JAVA_BYTE, address + i));
    }
  }

  /** A block, its size and what it was filled with. */
  private record Block(long address, long size, int value) {}

  @ParameterizedTest
  @MethodSource("peers")
  void blocksKeepWhatIsWrittenIntoThem(BufferPeer peer) {
    BufferOperations operations = new BufferOperations(peer.open(), new BufferTable(1));
    List<Block> live = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 3000; i++) {
      long size = 1L + random.nextInt(3000);
      long alignment = 1L << random.nextInt(12);
      long address =
          switch (random.nextInt(3)) {
            case 0 -> operations.malloc(0, SLOT, size);
            case 1 -> operations.calloc(0, SLOT, size);
            default -> operations.aligned(0, SLOT, alignment, size);
          };
      fill(address, size, i);
      live.add(new Block(address, size, i));
      if (live.size() > 100) {
        Block block = live.remove(/* index */ random.nextInt(live.size()));
        assertFilled(block.address(), block.size(), block.value());
        if (random.nextBoolean()) {
          long resized = 1L + random.nextInt(6000);
          long moved = operations.realloc(block.address(), resized);
          assertFilled(moved, Math.min(resized, block.size()), block.value());
          operations.free(moved);
        } else {
          operations.free(block.address());
        }
      }
    }
    live.forEach(block -> assertFilled(block.address(), block.size(), block.value()));
    live.forEach(block -> operations.free(block.address()));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void callocIsZeroAndAlignedIsAligned(BufferPeer peer) {
    BufferOperations operations = new BufferOperations(peer.open(), new BufferTable(1));
    for (int i = 0; i < 200; i++) {
      long dirty = operations.malloc(0, SLOT, 500);
      fill(dirty, 500, 0x5a);
      operations.free(dirty);
      long zeroed = operations.calloc(0, SLOT, 500);
      assertFilled(zeroed, 500, 0);
      operations.free(zeroed);
      long aligned = operations.aligned(0, SLOT, 1L << i % 13, 40);
      assertEquals(0, aligned % (1L << i % 13));
      operations.free(aligned);
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void aProgramIsReplayedByTwoThreads(BufferPeer peer) {
    ProgramBuilder builder = new ProgramBuilder(1000);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      live.add(builder.malloc(i));
      live.add(builder.calloc(i % 700));
      live.add(builder.aligned(i % 12, i % 300));
      builder.realloc(live.get(i % live.size()), i % 5000);
      builder.free(live.remove(/* index */ i % live.size()));
    }
    ParallelProgram program = ParallelProgram.copies(builder.build(), 2);
    try (Crew crew = new Crew(2)) {
      Replayer replayer = BufferOperations.replayer(peer, program, crew);
      for (int i = 0; i < 3; i++) {
        assertTrue(replayer.round() > 0);
      }
    }
  }

  @Test
  void buffersHaveNoMoreThanWasAskedFor() {
    BufferOperations operations =
        new BufferOperations(new ConfinedArenas().open(), new BufferTable(1));
    assertThrows(UnsupportedOperationException.class, () -> operations.usableSize(1));
  }

  @Test
  void namesAreDistinctAndFound() {
    List<String> names = peers().stream().map(BufferPeer::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertTrue(
        names.containsAll(List.of("allocate-direct", "auto-arena", "confined-arena", "unsafe")),
        names.toString());
    for (BufferPeer peer : peers()) {
      assertEquals(peer.getClass(), BufferPeers.find(peer.name()).orElseThrow().getClass());
      assertTrue(peer.description().length() > 10);
    }
    assertTrue(BufferPeers.find("netty").isEmpty());
  }
}
