package hak.core.specialise;

import hak.core.HakAllocator;

/** What the class of every stack implements, and what may stand in front of one. */
public interface Specialised {
  /** The parts of the stack. */
  StackParts parts();

  /** The parts of a stack. */
  static StackParts partsOf(HakAllocator stack) {
    return ((Specialised) stack).parts();
  }
}
