package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class HandedListsTest {
  @Test
  void listsAreCountedByClassAndByWhatTheyWere() {
    HandedLists lists = new HandedLists(3);
    lists.take(8, 1, 100, false);
    lists.take(16, 1, 30, true);
    lists.take(8, 3, 7, true);
    lists.release(8, 1, 128);
    lists.release(24, 1, 64);
    assertEquals(130, lists.out(1));
    assertEquals(30, lists.reused(1));
    assertEquals(192, lists.whole(1));
    assertEquals(2, lists.slabs(1));
    assertEquals(222, lists.back(1));
    assertEquals(0, lists.out(2) + lists.back(2) + lists.slabs(2));
    assertEquals(7, lists.back(3));
  }

  @Test
  void roomsAreCountedOnce() {
    HandedLists lists = new HandedLists(2);
    ListRooms rooms = ListRooms.fixed(0, 5, 6).counted(lists);
    rooms.taken(8, 2, 4, true);
    rooms.released(8, 2, 9);
    assertEquals(13, lists.back(2));
    assertEquals(6, rooms.of(2));
    assertSame(rooms, rooms.counted(new HandedLists(2)));
  }
}
