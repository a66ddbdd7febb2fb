package hak.mid;

import java.util.List;
import java.util.Map;

/** Sizes between those of the geometry and beyond. */
class MidTierExtraTest extends MidTierTest {
  @Override
  protected Map<String, Object> settings() {
    return Map.of(
        "classes", "classic", "extra-classes", List.of("40 KiB", "6 KiB", "12 KiB", "9232 B"));
  }
}
