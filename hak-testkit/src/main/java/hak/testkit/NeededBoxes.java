package hak.testkit;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;

/** What a box says that it needs beside it, for stacks that a test makes around one box. */
public final class NeededBoxes {
  private NeededBoxes() {}

  /** The profile with the boxes that this one requires by name, where they are missing. */
  public static Profile addedTo(Profile profile, BoxProvider box) {
    Profile whole = profile;
    for (BoxProvider other : Hak.boxes()) {
      if (box.requires().contains(other.id()) && !whole.has(other.id())) {
        whole = whole.withMore(other.role().section(), other.id());
      }
    }
    return whole;
  }
}
