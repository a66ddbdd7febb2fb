package hak.box.purgedelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.memory.PageRuns;
import hak.testkit.BarePages;
import hak.testkit.FailingVirtualMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdlePagesTest {
  private static final int SUPERSLABS = 4;

  /** What a look saw, in words, in any order. */
  private static final class Seen implements IdlePages.Visitor {
    final List<String> pages = new ArrayList<>();

    @Override
    public void idle(int age, boolean hasMemory) {
      pages.add("idle " + age + (hasMemory ? " kept" : " gone"));
    }

    @Override
    public void back(int age, boolean hadMemory) {
      pages.add("back " + age + (hadMemory ? " kept" : " gone"));
    }
  }

  private BarePages bare;
  private IdlePages pages;

  @BeforeEach
  @BeforeTry
  void reserve() {
    bare = new BarePages(new FailingVirtualMemory(), SUPERSLABS);
    pages = new IdlePages(bare.pageRuns());
  }

  @AfterEach
  @AfterTry
  void unmap() {
    bare.close();
  }

  private List<String> look() {
    Seen seen = new Seen();
    pages.look(1, seen);
    Collections.sort(seen.pages);
    return seen.pages;
  }

  @Test
  void agesArePassedWindowsAndMemoryIsThatOfThePage() {
    int stays = bare.claimRun(1);
    int goes = bare.claimRun(1);
    assertEquals(List.of(), look());
    bare.pageRuns().release(goes);
    assertEquals(List.of("idle 0 kept"), look());
    assertEquals(List.of("idle 1 kept"), look());
    pages.look(3, IdlePages.NOBODY);
    assertEquals(List.of("idle 5 kept"), look());
    bare.pageRuns().trim();
    assertEquals(List.of("idle 6 gone"), look());
    goes = bare.claimRun(1);
    assertEquals(List.of("back 7 gone"), look());
    bare.pageRuns().release(goes);
    assertEquals(List.of("idle 0 kept"), look());
    goes = bare.claimRun(1);
    assertEquals(List.of("back 1 kept"), look());
    bare.pageRuns().release(goes);
    bare.pageRuns().release(stays); // the superslab is empty, and nobody keeps it
    assertEquals(List.of("idle 0 gone", "idle 0 gone"), look());
  }

  @Test
  void whatNobodyUsedIsNotIdle() {
    bare.claimRun(1);
    assertEquals(List.of(), look());
    assertEquals(List.of(), look());
  }

  /** Against a model that keeps for every page what was seen of it. */
  @Property(tries = 50)
  void anyComingAndGoingIsSeenAsItWas(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Integer> freeSince = new HashMap<>();
    Map<Integer, Boolean> usedBefore = new HashMap<>();
    List<Integer> runs = new ArrayList<>();
    for (int window = 1; window < 60; window++) {
      int wanted = random.nextInt(SUPERSLABS * PageRuns.PAGES / 2);
      while (runs.size() > wanted) {
        int run = runs.set(random.nextInt(runs.size()), runs.getLast());
        runs.removeLast();
        bare.pageRuns().release(run);
      }
      while (runs.size() < wanted) {
        runs.add(bare.claimRun(1));
      }
      List<Integer> idle = new ArrayList<>();
      List<Integer> back = new ArrayList<>();
      for (int run : runs) {
        Integer since = freeSince.remove(run);
        if (since != null) {
          back.add(window - since);
        }
        usedBefore.put(run, true);
      }
      for (int page : usedBefore.keySet()) {
        if (!runs.contains(page)) {
          freeSince.putIfAbsent(page, window);
          idle.add(window - freeSince.get(page));
        }
      }
      List<Integer> seenIdle = new ArrayList<>();
      List<Integer> seenBack = new ArrayList<>();
      pages.look(
          1,
          new IdlePages.Visitor() {
            @Override
            public void idle(int age, boolean hasMemory) {
              seenIdle.add(age);
            }

            @Override
            public void back(int age, boolean hadMemory) {
              seenBack.add(age);
            }
          });
      assertEquals(idle.stream().sorted().toList(), seenIdle.stream().sorted().toList());
      assertEquals(back.stream().sorted().toList(), seenBack.stream().sorted().toList());
    }
  }
}
