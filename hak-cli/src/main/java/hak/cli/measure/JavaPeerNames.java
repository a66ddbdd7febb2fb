package hak.cli.measure;

import hak.bench.buffer.JavaPeer;
import hak.core.profile.NearestName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The peers of the Java world as a command line names them. */
final class JavaPeerNames implements Iterable<String> {
  private static final String ALL = "all";

  /** What a shell completes. */
  @Override
  public Iterator<String> iterator() {
    List<String> names = new ArrayList<>(here());
    names.add(ALL);
    return names.iterator();
  }

  private static List<String> here() {
    return JavaPeer.all().stream().map(JavaPeer::name).toList();
  }

  /**
   * The peers of some names, each once.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  static List<JavaPeer> find(List<String> names) {
    if (names.contains(ALL)) {
      return JavaPeer.all();
    }
    return names.stream().distinct().map(JavaPeerNames::find).toList();
  }

  private static JavaPeer find(String name) {
    Optional<JavaPeer> found =
        JavaPeer.all().stream().filter(peer -> peer.name().equals(name)).findFirst();
    return found.orElseThrow(() ->
        new IllegalArgumentException("no peer '" + name + "'" + NearestName.hint(name, here())));
  }
}
