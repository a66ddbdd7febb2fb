package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.StackDescription;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Many stacks in one process: shared by name, and opened when address space runs out. */
class ManyStacksTest {
  private static final Profile SHARED = TestStack.CACHED.profile().withName("shared by many");

  @Test
  void allThreadsShareOneStackOfAProfile() throws InterruptedException {
    Set<HakAllocator> seen =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    CountDownLatch ready = new CountDownLatch(8);
    InThread.Work work =
        () -> {
          ready.countDown();
          ready.await();
          HakAllocator shared = Hak.shared(SHARED);
          shared.free(shared.malloc(100));
          seen.add(shared);
        };
    InThread.all(Thread.ofPlatform(), Collections.nCopies(8, work));
    assertEquals(1, seen.size());
    assertSame(Hak.shared("default"), Hak.shared("default"));
    assertSame(Hak.shared("default"), Hak.shared(Hak.profile("default")));
    assertNotSame(Hak.shared("default"), Hak.shared(SHARED));
  }

  @Test
  void nobodyClosesASharedStack() {
    HakAllocator shared = Hak.shared(SHARED);
    String message = assertThrows(UnsupportedOperationException.class, shared::close).getMessage();
    assertTrue(message.contains("'shared by many'"), message);
    shared.free(shared.malloc(100));
    HakAllocator own = Hak.open(SHARED);
    own.close();
    assertThrows(IllegalStateException.class, () -> own.malloc(1));
  }

  @Test
  void whatCannotBeOpenedIsNotShared() {
    for (int i = 0; i < 2; i++) {
      assertThrows(ProfileException.class, () -> Hak.shared("no such profile"));
    }
  }

  private static void openAndClose(FailingVirtualMemory system) {
    TestStack.BARE.open(system).close();
  }

  /** Else the second would get its region alone, or half of it, with closed stacks all around. */
  @Test
  void closedStacksAreCollectedBeforeAStackIsRefusedAddressSpace() throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.RESERVE));
    openAndClose(system);
    assertTrue(system.mappedBytes() > 0, "nothing is left to be collected");
    system.failOnce(1);
    List<String> messages =
        LogHandler.messagesOf(() -> {
          try (HakAllocator stack = TestStack.BARE.open(system)) {
            assertEquals(1, system.failureCount());
            stack.free(stack.malloc(100));
          }
        });
    assertEquals(List.of(), messages);
    system.awaitNothingMapped();
  }

  @Test
  void aRegionThatHadToShrinkIsReported() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    long wanted = TestStack.BARE.profile().options().regionBytes();
    system.limitReservations(wanted - 1);
    List<String> messages =
        LogHandler.messagesOf(() -> {
          try (HakAllocator stack = TestStack.BARE.open(system)) {
            StackDescription description = stack.describe();
            assertEquals(wanted / 2, description.regionBytes());
            assertEquals(wanted, description.wantedRegionBytes());
            String picture = description.toString();
            assertTrue(picture.contains("1,024 MiB, for the system refused 2,048 MiB"), picture);
          }
        });
    assertEquals(1, messages.size(), messages::toString);
  }
}
