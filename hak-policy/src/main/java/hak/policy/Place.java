package hak.policy;

import java.util.Comparator;

/**
 * Where an error is.
 *
 * @param depth how many {@code extends} away from the profile that was asked for
 * @param label what messages call the file
 * @param position where in it
 */
record Place(int depth, String label, Position position) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::depth).thenComparing(Place::position);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return label + ":" + position;
  }
}
