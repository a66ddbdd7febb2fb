package hak.policy;

import hak.core.profile.ProfileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a profile and those it extends, gathered until everything was looked at. */
final class ProfileErrors {
  private record Entry(Place place, String message) {
    private static final Comparator<Entry> ORDER =
        Comparator.comparing(Entry::place).thenComparing(Entry::message);

    @Override
    public String toString() {
      return place + ": " + message;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void add(Place place, String message) {
    entries.add(new Entry(place, message));
  }

  /** The file asked for comes first, then what it extends; each from top to bottom. */
  void throwIfAny() {
    if (!entries.isEmpty()) {
      throw new ProfileException(
          entries.stream().sorted(Entry.ORDER).map(Entry::toString).toList());
    }
  }
}
