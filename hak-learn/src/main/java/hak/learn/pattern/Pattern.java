package hak.learn.pattern;

/** How the blocks of a size class come and go, over the last windows. */
public enum Pattern {
  /** Too few calls to say. */
  UNKNOWN,
  /** About as many blocks all the time; what is freed is soon used again. */
  STEADY,
  /** Many blocks come, and go together: whole slabs become free. */
  WAVE,
  /** Most of what is allocated stays. */
  GROWTH,
  /** Blocks live, and nothing is allocated or freed any more. */
  DORMANT,
  /** Few blocks are left in many slabs, which they keep from becoming free. */
  SPARSE,
  /** None of these: it wanders, or is one today and another tomorrow. */
  MIXED
}
