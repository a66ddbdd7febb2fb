package hak.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Objects of up to gigabytes shared by the processes of one machine.
 *
 * <pre>{@code
 * try (ObjectStore store = ObjectStore.open(Path.of("/dev/shm/models"), StoreOptions.DEFAULT)) {
 *   ObjectRef ref = store.put("weights-1", weights);
 *   try (ObjectView view = store.get(ref)) {
 *     use(view.segment());
 *   }
 *   store.delete(ref);
 * }
 * }</pre>
 *
 * <p>All methods may be called by any thread of any process that has the store open. A process
 * killed at any instruction harms nobody: what it had not sealed vanishes, what it had pinned is
 * let go, a lock it held is taken over.
 *
 * <p>A store that evicts deletes, when it is full, the sealed objects that were used longest ago:
 * put, sealed, or opened as a view. Never those that are read, nor those that have a reference
 * beside that of their put; and none for a request that cannot fit.
 *
 * <p>Every method throws IllegalStateException after {@link #close}, {@link StoreCorruptException}
 * when the file turns out to be damaged, and {@link StoreTimeoutException} when a living process
 * keeps the store's lock for longer than {@link StoreOptions#lockTimeout}. When the path leads to
 * another file, because the store's was removed or renamed and another created, then list, stats,
 * verify, whoever finds no object or waits for one, and within 200 ms put and create where they
 * take the lock throw {@link StoreAccessException}. The old file lives on until it is closed.
 */
public interface ObjectStore extends AutoCloseable {
  /** Longest name, in bytes of UTF-8. */
  int MAX_NAME_BYTES = 120;

  /**
   * Opens the store in {@code path}, or creates it; {@link StoreOptions#sharing} says who else may
   * use it. Opened twice in one JVM, both share one mapping.
   *
   * @throws StoreAccessException for a symbolic link, a file that others may write or that is not
   *     this user's, a missing file or folder
   * @throws StoreCorruptException when the file is not a store of this version and byte order
   * @throws StoreFullException when the file system or the store's table of processes is full
   */
  static ObjectStore open(Path path, StoreOptions options) {
    return Behind.provider().open(path, options);
  }

  /**
   * Creates a store that is not there yet, and opens it.
   *
   * @throws StoreAccessException as {@link #open}, and when there is a file already, which stays as
   *     it is
   * @throws StoreFullException when the file system is full
   */
  static ObjectStore createNew(Path path, StoreOptions options) {
    return Behind.provider().createNew(path, options);
  }

  /**
   * Opens a store to read it, also where it cannot be written: on a file system that is mounted so,
   * or without the right to. Whose file it is does not matter; what it holds is what its writers
   * wrote.
   *
   * <p>Such a reader is no member of the store: nobody waits for it, and nothing is kept for it. So
   * a view is a copy, taken when it is opened, and checked. Waits look every 10 ms. What would
   * change the store throws {@link StoreAccessException}, also {@link #trim}.
   *
   * @throws StoreAccessException for a symbolic link, a missing file, one that may not be read
   * @throws StoreCorruptException when the file is not a store of this version and byte order
   */
  static ObjectStore openReadOnly(Path path) {
    return Behind.provider().openReadOnly(path);
  }

  /** The file. */
  Path path();

  /**
   * Copies {@code data} into the store.
   *
   * @throws IllegalArgumentException when {@code data} is mapped from a file that was truncated
   * @throws StoreFullException when there is no room, even after eviction where that is on
   */
  ObjectRef put(MemorySegment data);

  /**
   * Copies {@code data} into the store under a name.
   *
   * @param name 1 to {@value #MAX_NAME_BYTES} bytes of UTF-8, not beginning with {@code @}, without
   *     half surrogate pairs
   * @throws DuplicateNameException when the name is taken
   * @throws StoreFullException when there is no room, even after eviction where that is on
   */
  ObjectRef put(String name, MemorySegment data);

  /** As {@link #put(MemorySegment)}, what is from its position to its limit, which stay. */
  default ObjectRef put(ByteBuffer data) {
    return put(MemorySegment.ofBuffer(data));
  }

  /** As {@link #put(String, MemorySegment)}, what is from its position to its limit, which stay. */
  default ObjectRef put(String name, ByteBuffer data) {
    return put(name, MemorySegment.ofBuffer(data));
  }

  /**
   * Copies a file into the store, without an array of the Java heap in between.
   *
   * @throws IOException when it cannot be read, is no regular file, or is longer or shorter in the
   *     end than in the beginning; nothing was put
   * @throws StoreFullException as {@link #put(MemorySegment)}
   */
  default ObjectRef putFile(Path file) throws IOException {
    return FromOutside.put(this, null, file);
  }

  /**
   * As {@link #putFile(Path)}, under a name.
   *
   * @throws DuplicateNameException when the name is taken
   */
  default ObjectRef putFile(String name, Path file) throws IOException {
    return FromOutside.put(this, Objects.requireNonNull(name), file);
  }

  /**
   * Copies so many bytes of a stream into the store; what follows them is not read.
   *
   * @throws IOException when it cannot be read, or ends before; nothing was put
   * @throws StoreFullException as {@link #put(MemorySegment)}; nothing was read
   */
  default ObjectRef put(InputStream in, long sizeBytes) throws IOException {
    return FromOutside.put(this, null, in, sizeBytes);
  }

  /**
   * As {@link #put(InputStream, long)}, under a name.
   *
   * @throws DuplicateNameException when the name is taken; nothing was read
   */
  default ObjectRef put(String name, InputStream in, long sizeBytes) throws IOException {
    return FromOutside.put(this, Objects.requireNonNull(name), in, sizeBytes);
  }

  /**
   * Copies {@code data} into the store under a name, and deletes the object that had it, in one
   * step: who looks finds the old one or the new one, also when this process is killed. Views of
   * the old one stay valid. For a while there is room for both.
   *
   * @return the new object
   * @throws DuplicateNameException when an object of that name is being written
   * @throws StoreFullException as {@link #put(MemorySegment)}; the old one stays
   */
  ObjectRef replace(String name, MemorySegment data);

  /**
   * Copies several objects into the store, all or none: none can be read before all are copied, and
   * when one fails those that were put are deleted.
   *
   * @param objects data by name, put in the order of the map
   * @return refs by name, in that order
   * @throws StoreException as {@link #put(String, MemorySegment)}
   */
  default Map<String, ObjectRef> putAll(Map<String, MemorySegment> objects) {
    return Several.put(this, objects);
  }

  /**
   * Takes space for an object that the caller then writes in place.
   *
   * @param sizeBytes 0 or more
   * @throws StoreFullException as {@link #put(MemorySegment)}
   */
  default WritableObject create(long sizeBytes) {
    return create(sizeBytes, ObjectMetadata.NONE);
  }

  /**
   * Takes space and a name for an object that the caller then writes in place.
   *
   * @throws DuplicateNameException when the name is taken
   * @throws StoreFullException as {@link #put(MemorySegment)}
   */
  default WritableObject create(String name, long sizeBytes) {
    return create(name, sizeBytes, ObjectMetadata.NONE);
  }

  /** As {@link #create(long)}, and says something of the object. */
  WritableObject create(long sizeBytes, ObjectMetadata metadata);

  /** As {@link #create(String, long)}, and says something of the object. */
  WritableObject create(String name, long sizeBytes, ObjectMetadata metadata);

  /** As {@link #put(MemorySegment)}, and says something of the object. */
  default ObjectRef put(MemorySegment data, ObjectMetadata metadata) {
    return Several.fill(create(data.byteSize(), metadata), data);
  }

  /** As {@link #put(String, MemorySegment)}, and says something of the object. */
  default ObjectRef put(String name, MemorySegment data, ObjectMetadata metadata) {
    return Several.fill(create(name, data.byteSize(), metadata), data);
  }

  /**
   * Reads a sealed object in place.
   *
   * @throws NoSuchObjectException when {@code ref} names no sealed object
   */
  ObjectView get(ObjectRef ref);

  /**
   * Reads the sealed object of that name in place.
   *
   * @throws NoSuchObjectException when there is none
   */
  ObjectView get(String name);

  /**
   * Reads an object in place, after it was sealed; the thread sleeps meanwhile.
   *
   * @throws NoSuchObjectException when the object was deleted, given up or lost with its producer
   * @throws StoreTimeoutException when it is not sealed in time
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  ObjectView get(ObjectRef ref, Duration timeout) throws InterruptedException;

  /**
   * Reads the object of that name in place, after it was created and sealed; the thread sleeps
   * meanwhile.
   *
   * @throws StoreTimeoutException when there is none in time
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  ObjectView get(String name, Duration timeout) throws InterruptedException;

  /**
   * Reads several sealed objects in place; all or none.
   *
   * @return a view of each, in the order of {@code refs}, to be closed by the caller
   * @throws NoSuchObjectException when one of them names no sealed object
   */
  default List<ObjectView> getAll(List<ObjectRef> refs) {
    return Several.get(this, refs);
  }

  /**
   * As {@link #get(String, Duration)}, without a thread that waits. When the future is cancelled,
   * or completed by somebody else, the wait ends and no view is left open.
   *
   * @return completed with a view, to be closed by whoever takes it, or with what get throws
   */
  default CompletableFuture<ObjectView> getAsync(String name, Duration timeout) {
    return FutureView.of(() -> get(name, timeout));
  }

  /** As {@link #getAsync(String, Duration)}, for an object that may be written still. */
  default CompletableFuture<ObjectView> getAsync(ObjectRef ref, Duration timeout) {
    return FutureView.of(() -> get(ref, timeout));
  }

  /**
   * The ref of the sealed object of that name.
   *
   * @throws NoSuchObjectException when there is none
   */
  ObjectRef find(String name);

  /** Whether {@code ref} names a sealed object. */
  boolean contains(ObjectRef ref);

  /** Whether there is a sealed object of that name. */
  boolean contains(String name);

  /**
   * Deletes an object whatever its reference count; views of it stay valid, its space returns when
   * the last of them is closed.
   *
   * @throws NoSuchObjectException when {@code ref} names no sealed object
   */
  void delete(ObjectRef ref);

  /**
   * Deletes the object of that name.
   *
   * @throws NoSuchObjectException when there is none
   */
  void delete(String name);

  /**
   * Adds a reference; put and seal start with one. An object has 16,777,215 at most.
   *
   * @return references now
   * @throws IllegalStateException when it has the most already
   * @throws NoSuchObjectException when {@code ref} names no sealed object
   */
  int retain(ObjectRef ref);

  /**
   * Drops a reference; without the last the object is deleted.
   *
   * @return references now
   * @throws NoSuchObjectException when {@code ref} names no sealed object
   */
  int release(ObjectRef ref);

  /** The objects, sealed or being written, in no order; each as it was when it was looked at. */
  List<ObjectInfo> list();

  /**
   * The objects whose names begin so, in no order; as {@link #list()}, which the empty prefix is.
   *
   * @throws IllegalArgumentException when the prefix has half a surrogate pair, as no name does
   */
  default List<ObjectInfo> list(String prefix) {
    return list().stream().filter(object -> object.name().startsWith(prefix)).toList();
  }

  /**
   * The ledger, taken under the lock. Space of deleted objects that processes keep for their next
   * ones is given back first.
   */
  StoreStats stats();

  /**
   * The processes that have the store open, this one too if it is a member, each as it was when it
   * was looked at. Of a store of several machines those that use the near cache.
   */
  List<StoreProcess> processes();

  /**
   * Gives the memory behind free space back to the system at once, in whole pages, and before it
   * what processes keep of deleted objects. Without it stretches of {@link StoreOptions#purgeBytes}
   * and more are given back after {@link StoreOptions#purgeDelay}. Who wants the space later gets
   * memory for it again, or a {@link StoreFullException}.
   */
  void trim();

  /**
   * Brings scattered free space together: moves the objects that nobody reads towards the begin of
   * the file. Refs, names and contents stay; who wants an object that is just being moved waits for
   * some milliseconds. A put does as much of it as it needs before it fails for want of room, where
   * the room is only scattered.
   *
   * @return how many bytes were moved
   * @throws StoreFullException when the file system has no memory for a place that had lost it
   */
  long compact();

  /** Checks the bookkeeping and the checksum of every object; changes nothing. */
  VerifyReport verify();

  /**
   * Lets go of the store; views and unsealed objects that are open stay valid until they are
   * closed. The second call does nothing.
   */
  @Override
  void close();
}
