package hak.store.cluster;

import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.StoreFullException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.util.CloseableIterator;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.context.Flag;

/**
 * What objects there are: on every node, the same everywhere.
 *
 * <pre>
 *   'o' id (8 bytes)          -> Manifest
 *   'n' name (UTF-8)          -> id
 *   'g' generation (4 bytes)  -> UUID of the node that claimed it
 *   't'                       -> UUID of the node whose turn it is to leave, or was last
 *   's'                       -> the options that all nodes have alike (UTF-8)
 * </pre>
 *
 * <p>The claim of a node that crashed stays, so that its ids are never given out again.
 *
 * <p><b>The order of changes.</b> There is never anything in the cluster that no manifest leads to:
 * the manifest comes first (WRITING), then the name, then the chunks; sealing is one replacement of
 * the manifest. Deleting makes it DELETING, then goes the name, then the chunks, the manifest last.
 * So whatever a node that dies leaves behind is found by looking at the manifests that are not
 * SEALED ({@link Sweeper}), and nothing is ever found by its age.
 *
 * <p><b>Concurrency.</b> Every change of a manifest is a replacement of exactly the bytes that were
 * read. Revisions make no two versions of a manifest alike; so when Infinispan repeats a change
 * because a node died under way, and finds it done already, that is told from another's change.
 */
final class Directory {
  private static final byte OBJECT = 'o';
  private static final byte GENERATION = 'g';
  private static final byte[] TURN = {'t'};
  private static final byte[] SETTINGS = {'s'};

  private final AdvancedCache<byte[], byte[]> cache;
  private final int chunkBytes;
  private final Quota quota;
  private final Ids ids;
  private final NameEntries names;

  /** Claims a generation for this node. */
  Directory(AdvancedCache<byte[], byte[]> cache, int chunkBytes, UUID self, Quota quota) {
    this.cache = cache;
    this.chunkBytes = chunkBytes;
    this.quota = quota;
    ids = new Ids(claimGeneration(self));
    names = new NameEntries(cache, this::manifest);
  }

  /**
   * Settles the options that all nodes have alike, when this is the first of them.
   *
   * @throws IllegalArgumentException when those that are there have others
   */
  static void agree(AdvancedCache<byte[], byte[]> cache, ClusterOptions options) {
    byte[] own = options.common().getBytes(StandardCharsets.UTF_8);
    byte[] first = Failures.call(() -> cache.putIfAbsent(SETTINGS, own));
    if (first != null && !Arrays.equals(first, own)) {
      throw new IllegalArgumentException(
          "the nodes of "
              + options.cluster()
              + " have "
              + new String(first, StandardCharsets.UTF_8)
              + "; this one was to be opened with "
              + options.common());
    }
  }

  private int claimGeneration(UUID self) {
    byte[] value = encode(self);
    while (true) {
      int generation = ThreadLocalRandom.current().nextInt(1, 1 << Ids.GENERATION_BITS);
      if (putIfAbsent(generationKey(generation), value) == null) {
        return generation;
      }
    }
  }

  /**
   * Makes it this node's turn to leave, unless it is that of another that is still there; when this
   * node has it, no other gets it before this one is gone.
   */
  boolean takeTurn(UUID self, Set<UUID> present) {
    byte[] own = encode(self);
    byte[] holder = putIfAbsent(TURN, own);
    return holder == null
        || (!present.contains(uuid(holder))
            && Failures.call(() -> cache.replace(TURN, holder, own)));
  }

  private static byte[] encode(UUID uuid) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static UUID uuid(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /**
   * Gives the generation back: all nodes know then that this one is about to leave, and what it has
   * not sealed counts as left behind.
   */
  void resign() {
    Failures.call(() -> cache.remove(generationKey(ids.generation())));
  }

  private static byte[] generationKey(int generation) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(GENERATION).putInt(generation).array();
  }

  static byte[] objectKey(long id) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(OBJECT).putLong(id).array();
  }

  /** The id, when that is the key of a manifest. */
  static OptionalLong idOf(byte[] key) {
    return key[0] == OBJECT
        ? OptionalLong.of(ByteBuffer.wrap(key).getLong(1))
        : OptionalLong.empty();
  }

  /** An object that is going to be written, of which nobody knows yet. */
  Manifest draft(String name, long sizeBytes, ObjectMetadata metadata) {
    return new Manifest(
        ids.next(),
        Manifest.State.WRITING,
        chunkBytes,
        sizeBytes,
        0,
        1,
        ids.generation(),
        ids.next(),
        System.currentTimeMillis(),
        metadata,
        name);
  }

  /**
   * Announces an object, and reserves its room and its name, or only looks whether it may take the
   * name later ({@link NameEntries#take}).
   *
   * @return false when there is an object of that id, so that it needs another
   * @throws DuplicateNameException when the name is taken, or is by an object that is being
   *     written; nothing was announced
   * @throws StoreFullException when the cluster has no room; nothing was announced
   */
  boolean announce(Manifest manifest, boolean takesNameLater) {
    quota.checkRoomFor(manifest.sizeBytes());
    if (putIfAbsent(objectKey(manifest.id()), manifest.encode()) != null) {
      return false;
    }
    try {
      quota.checkAnnounced(manifest);
      if (takesNameLater) {
        names.checkNotWritten(manifest.name());
      } else if (!manifest.name().isEmpty()) {
        names.reserve(manifest);
      }
      return true;
    } catch (StoreFullException | DuplicateNameException e) {
      remove(manifest);
      throw e;
    }
  }

  /** The manifest of an object in whatever state, or null. */
  Manifest manifest(long id) {
    byte[] bytes = Failures.call(() -> cache.get(objectKey(id)));
    return bytes == null ? null : Manifest.decode(id, bytes);
  }

  /** The manifest of the object of that name in whatever state, or null. */
  Manifest manifest(String name) {
    return names.holder(name);
  }

  /** Where names lead. */
  NameEntries names() {
    return names;
  }

  /** Whether there is a sealed object of that id. */
  boolean isSealed(long id) {
    Manifest manifest = manifest(id);
    return manifest != null && manifest.isSealed();
  }

  /**
   * Makes an object visible whose chunks are all there.
   *
   * @throws StoreUnavailableException when others gave the object up, because they took this node
   *     for lost
   */
  void seal(Manifest writing, int checksum) {
    if (!replace(writing, writing.sealed(checksum, ids.next()))) {
      throw new StoreUnavailableException(
          "other nodes took this one for lost and have given up " + writing.ref());
    }
  }

  /** Whether this node wrote an object. */
  boolean isOurs(Manifest manifest) {
    return manifest.owner() == ids.generation();
  }

  /** Makes an object invisible and this node the one that removes it; null when another did. */
  Manifest condemn(Manifest manifest) {
    Manifest deleting = manifest.deleting(ids.generation(), ids.next());
    return replace(manifest, deleting) ? deleting : null;
  }

  private boolean replace(Manifest from, Manifest to) {
    byte[] key = objectKey(from.id());
    byte[] value = to.encode();
    return Failures.call(
        () -> cache.replace(key, from.encode(), value) || Arrays.equals(cache.get(key), value));
  }

  private byte[] putIfAbsent(byte[] key, byte[] value) {
    return putIfAbsent(cache, key, value);
  }

  /** What stands there of others, or null when this value does now. */
  static byte[] putIfAbsent(AdvancedCache<byte[], byte[]> cache, byte[] key, byte[] value) {
    byte[] before = Failures.call(() -> cache.putIfAbsent(key, value));
    return Arrays.equals(before, value) ? null : before;
  }

  /**
   * Changes a sealed object's manifest, again when others change it at the same time.
   *
   * @return what it was changed to
   * @throws NoSuchObjectException when there is no such object
   */
  private Manifest change(ObjectRef ref, UnaryOperator<Manifest> change) {
    while (true) {
      Manifest before = manifest(ref.value());
      if (before == null || !before.isSealed()) {
        throw new NoSuchObjectException("there is no sealed object " + ref);
      }
      Manifest after = change.apply(before);
      if (replace(before, after)) {
        return after;
      }
    }
  }

  /**
   * Makes a sealed object invisible, whatever its references; this node removes it.
   *
   * @throws NoSuchObjectException when there is no such object
   */
  Manifest condemn(ObjectRef ref) {
    return change(ref, before -> before.deleting(ids.generation(), ids.next()));
  }

  /**
   * Adds references; without any left the object is as after {@link #condemn(ObjectRef)}.
   *
   * @throws NoSuchObjectException when there is no such object
   */
  Manifest addReferences(ObjectRef ref, int by) {
    return change(
        ref,
        before -> {
          int count = Math.addExact(before.references(), by);
          return count > 0
              ? before.withReferences(count, ids.next())
              : before.deleting(ids.generation(), ids.next());
        });
  }

  /** Forgets an object that is being deleted, after its chunks are gone. */
  void remove(Manifest manifest) {
    Failures.call(() -> cache.remove(objectKey(manifest.id()), manifest.encode()));
  }

  /** Every object in whatever state, in no order. */
  List<Manifest> manifests() {
    return manifests(cache);
  }

  static List<Manifest> manifests(AdvancedCache<byte[], byte[]> cache) {
    List<Manifest> all = new ArrayList<>();
    forEach(cache, OBJECT, (key, value) -> all.add(Manifest.decode(key.getLong(), value)));
    return all;
  }

  /** Who claimed which generation, those that died included. */
  Map<Integer, UUID> generations() {
    return generations(cache);
  }

  /** As {@link #generations()}, as far as this node knows; also when it is cut off. */
  Map<Integer, UUID> generationsKnownHere() {
    return generations(cache.withFlags(Flag.CACHE_MODE_LOCAL));
  }

  private static Map<Integer, UUID> generations(AdvancedCache<byte[], byte[]> cache) {
    Map<Integer, UUID> all = new HashMap<>();
    forEach(cache, GENERATION, (key, value) -> all.put(key.getInt(), uuid(value)));
    return all;
  }

  private interface Visitor {
    /** Sees one entry; the key stands behind its first byte. */
    void visit(ByteBuffer key, byte[] value);
  }

  private static void forEach(AdvancedCache<byte[], byte[]> cache, byte kind, Visitor visitor) {
    Failures.call(() -> {
      try (CloseableIterator<CacheEntry<byte[], byte[]>> entries =
          cache.cacheEntrySet().iterator()) {
        while (entries.hasNext()) {
          CacheEntry<byte[], byte[]> entry = entries.next();
          ByteBuffer key = ByteBuffer.wrap(entry.getKey());
          if (key.get() == kind) {
            visitor.visit(key, entry.getValue());
          }
        }
      }
      return null;
    });
  }
}
