package hak.store.cluster;

import hak.store.DuplicateNameException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.infinispan.AdvancedCache;

/**
 * Where names lead: the entries 'n' of the {@link Directory}. A name leads to an object from the
 * moment the object is announced, or from when it {@link #take takes} the name from another.
 */
final class NameEntries {
  private static final byte NAME = 'n';

  private final AdvancedCache<byte[], byte[]> cache;
  private final LongFunction<Manifest> manifests;

  /** The names in a directory, whose manifests are had by id, null where there is none. */
  NameEntries(AdvancedCache<byte[], byte[]> cache, LongFunction<Manifest> manifests) {
    this.cache = cache;
    this.manifests = manifests;
  }

  private static byte[] key(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put(NAME).put(bytes).array();
  }

  private static byte[] value(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  private Manifest led(byte[] value) {
    return manifests.apply(ByteBuffer.wrap(value).getLong());
  }

  /** The manifest of the object of that name in whatever state, or null. */
  Manifest holder(String name) {
    byte[] id = Failures.call(() -> cache.get(key(name)));
    while (id != null) {
      Manifest manifest = led(id);
      if (manifest != null && manifest.state() != Manifest.State.DELETING) {
        return manifest;
      }
      byte[] now = Failures.call(() -> cache.get(key(name)));
      if (Arrays.equals(now, id)) {
        return manifest;
      }
      id = now; // Another took the name meanwhile.
    }
    return null;
  }

  /**
   * Makes the name of an object that was announced lead to it.
   *
   * @throws DuplicateNameException when it leads to another
   */
  void reserve(Manifest manifest) {
    byte[] key = key(manifest.name());
    byte[] value = value(manifest.id());
    while (true) {
      byte[] holder = Directory.putIfAbsent(cache, key, value);
      if (holder == null) {
        return;
      }
      Manifest other = led(holder);
      if (other != null && other.state() != Manifest.State.DELETING) {
        throw new DuplicateNameException("the name " + manifest.name() + " is taken");
      }
      // Its object is gone or going: whoever removes the name comes to the same.
      Failures.call(() -> cache.remove(key, holder));
    }
  }

  /**
   * Makes the name of a sealed object lead to it, whatever it led to before, by one replacement.
   *
   * @return what has lost the name and is to be deleted, or null
   * @throws DuplicateNameException when an object of that name is being written
   */
  Manifest take(Manifest sealed) {
    byte[] key = key(sealed.name());
    byte[] value = value(sealed.id());
    while (true) {
      byte[] holder = Directory.putIfAbsent(cache, key, value);
      if (holder == null) {
        return null;
      }
      Manifest before = led(holder);
      checkNotWritten(before);
      boolean taken =
          Failures.call(
              () -> cache.replace(key, holder, value) || Arrays.equals(cache.get(key), value));
      if (taken) {
        return before;
      }
    }
  }

  /**
   * Checks that a name can be taken.
   *
   * @throws DuplicateNameException when an object of that name is being written
   */
  void checkNotWritten(String name) {
    checkNotWritten(holder(name));
  }

  private static void checkNotWritten(Manifest holder) {
    if (holder != null && holder.state() == Manifest.State.WRITING) {
      throw new DuplicateNameException("an object named " + holder.name() + " is being written");
    }
  }

  /**
   * Whether the name of a sealed object leads to another one that is sealed: it was replaced, or
   * should have replaced that one.
   */
  boolean leadsElsewhere(Manifest sealed) {
    if (sealed.name().isEmpty()) {
      return false;
    }
    Manifest holder = holder(sealed.name());
    return holder != null && holder.id() != sealed.id() && holder.isSealed();
  }

  /** Frees the name of an object that is being deleted, if it leads to it. */
  void remove(Manifest deleting) {
    if (!deleting.name().isEmpty()) {
      Failures.call(() -> cache.remove(key(deleting.name()), value(deleting.id())));
    }
  }
}
