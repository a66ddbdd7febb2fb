package hak.core.profile;

import java.util.Collection;
import java.util.Optional;

/** Finds the name somebody meant: by Levenshtein distance, if it is close enough. */
public final class NearestName {
  private NearestName() {}

  /** {@code "; did you mean 'x'?"}, or a list of what there is when nothing is near. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known)
        .map(best -> "; did you mean '" + best + "'?")
        .orElseGet(() ->
            known.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", known));
  }

  /** The nearest name; empty when none is near. */
  public static Optional<String> of(String given, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(2, given.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(given, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
