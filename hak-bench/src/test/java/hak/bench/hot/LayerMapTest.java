package hak.bench.hot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.hot.StackSamples.Frame;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerMapTest {
  private static final Frame LOOP = new Frame("hak.bench.replay.ReplayLoop", "replay", 45);
  private static final Frame STACK = new Frame("hak.core.specialise.StackTemplate", "malloc", 71);
  private static final Frame BOX = new Frame("hak.box.tlssll.TlsSll", "pop", 40);
  private static final Frame ACCESS = new Frame("hak.core.memory.Memory", "getLong", 102);
  private static final Frame JDK = new Frame("jdk.internal.misc.Unsafe", "getLong", 1);

  @Test
  void theInnermostBoxIsTheLayer() {
    try (HakAllocator heap = Hak.open("default")) {
      LayerMap layers = new LayerMap(StackView.of(heap).boxes());
      assertEquals("tls-sll", layers.layerOf(List.of(JDK, ACCESS, BOX, STACK, LOOP)));
      assertEquals("stack", layers.layerOf(List.of(JDK, ACCESS, STACK, LOOP)));
      assertEquals("loop", layers.layerOf(List.of(JDK, LOOP)));
      assertEquals("other", layers.layerOf(List.of(JDK)));
    }
  }

  @Test
  void anAccessToMemoryIsOfTheLineThatMakesIt() {
    assertEquals("TlsSll.pop:40", LayerMap.placeOf(List.of(JDK, ACCESS, BOX, STACK)).place());
    assertEquals("Unsafe.getLong:1", LayerMap.placeOf(List.of(JDK)).place());
  }
}
