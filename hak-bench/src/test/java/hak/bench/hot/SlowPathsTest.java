package hak.bench.hot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlowPathsTest {
  /** One that was renamed would be counted as never entered. */
  @Test
  void everyMethodIsThereOnce() throws ClassNotFoundException {
    for (SlowPaths.Cause cause : SlowPaths.CAUSES) {
      long found =
          Stream.of(Class.forName(cause.type()).getDeclaredMethods())
              .filter(method -> method.getName().equals(cause.method()) && !method.isBridge())
              .count();
      assertEquals(1, found, cause.toString());
    }
  }
}
