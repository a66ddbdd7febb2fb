package hak.store.cluster;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.StoreFullException;
import hak.store.StoreProcess;
import hak.store.StoreStats;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects shared by the processes of several machines: a node of a cluster that runs inside this
 * program.
 *
 * <pre>{@code
 * ClusterOptions options =
 *     ClusterOptions.loopback("models", Path.of("/dev/shm/models-cache"))
 *         .withBind("10.0.0.1", 7800)
 *         .withInitialMembers(List.of(first, second, third));
 * try (ClusterStore store = ClusterStore.open(options)) {
 *   ObjectRef ref = store.put("weights-1", weights);
 *   ...
 * }
 * }</pre>
 *
 * <p><b>What differs from a store of one machine.</b> {@link #path} and {@link #stats} are those of
 * the near cache; {@link #clusterStats} counts the cluster. {@link #list} counts as pins the views
 * open on this machine. An object is only as large as the near cache: {@link StoreFullException} is
 * thrown by reads too, when the views that are open here leave no room, and by create and put when
 * the cluster has none ({@link ClusterOptions#capacityBytes}, {@link ClusterOptions#objectLimit});
 * of several nodes that ask for the last room at once, all may be refused. Every method may throw
 * {@link StoreUnavailableException}. After {@link #close} an object that was being written cannot
 * be sealed; nodes keep objects in memory, so the last one that leaves takes them along.
 *
 * <p>The traffic is neither authenticated nor encrypted, unless a JGroups configuration of one's
 * own says so ({@link ClusterOptions#jgroupsFile}): who reaches the ports reads and writes
 * everything.
 *
 * <p>What holds when nodes die or lose each other: README.md of this module.
 */
public final class ClusterStore implements ObjectStore {
  private final ClusterOptions options;
  private final Engine engine;
  private final Quota quota;
  private final Directory directory;
  private final Chunks chunks;
  private final NearCache near;
  private final Sweeper sweeper;
  private final DirectoryEvents events;
  private final Gate gate;
  private final Publication publication;

  private ClusterStore(ClusterOptions options, Engine engine, NearCache near) {
    this.options = options;
    this.engine = engine;
    this.near = near;
    quota = new Quota(engine, options);
    directory = new Directory(engine.directory(), options.chunkBytes(), engine.self(), quota);
    chunks = new Chunks(engine.chunks());
    sweeper = new Sweeper(engine, directory, chunks, near);
    events = new DirectoryEvents(engine, near::drop, sweeper::wake);
    gate = new Gate(near.store().path());
    publication = new Publication(directory, chunks, sweeper, gate);
  }

  /**
   * Joins the cluster, or begins it together with others. Returns when a majority of the initial
   * members is there and this node has its share of the data.
   *
   * @throws StoreUnavailableException when they are not there within the time of a call, or the
   *     address cannot be listened at
   * @throws IllegalArgumentException when the nodes that are there have other copies, chunk size or
   *     limits; the cluster stays as it is
   * @throws hak.store.StoreException as {@link ObjectStore#open} for the near cache
   */
  public static ClusterStore open(ClusterOptions options) {
    NearCache near =
        new NearCache(
            ObjectStore.open(options.nearCache(), options.nearOptions()), options.cluster());
    Engine engine = null;
    try {
      engine = Engine.join(options);
      return new ClusterStore(options, engine, near);
    } catch (Throwable e) {
      try (near) {
        if (engine != null) {
          engine.close();
        }
      }
      throw e;
    }
  }

  private static void checkName(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (!isText || bytes == 0 || bytes > MAX_NAME_BYTES || name.startsWith("@")) {
      throw new IllegalArgumentException(
          "a name has 1 to "
              + MAX_NAME_BYTES
              + " bytes of UTF-8, no half surrogate pair, and does not begin with @: "
              + name);
    }
  }

  private static NoSuchObjectException noObject(Object which) {
    return new NoSuchObjectException("there is no sealed object " + which);
  }

  /** The file of the near cache. */
  @Override
  public Path path() {
    return near.store().path();
  }

  @Override
  public ObjectRef put(MemorySegment data) {
    return fill(create(data.byteSize()), data);
  }

  @Override
  public ObjectRef put(String name, MemorySegment data) {
    return fill(create(name, data.byteSize()), data);
  }

  private static ObjectRef fill(WritableObject created, MemorySegment data) {
    try (WritableObject object = created) {
      object.append(data);
      return object.seal();
    }
  }

  @Override
  public WritableObject create(long sizeBytes, ObjectMetadata metadata) {
    return gate.pass(() -> create("", sizeBytes, metadata, false));
  }

  @Override
  public WritableObject create(String name, long sizeBytes, ObjectMetadata metadata) {
    checkName(name);
    return gate.pass(() -> create(name, sizeBytes, metadata, false));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The new object can be found by its ref a moment before it has the name, and for that moment
   * {@link #list} has both.
   */
  @Override
  public ObjectRef replace(String name, MemorySegment data) {
    checkName(name);
    return fill(gate.pass(() -> create(name, data.byteSize(), ObjectMetadata.NONE, true)), data);
  }

  private WritableObject create(
      String name, long sizeBytes, ObjectMetadata metadata, boolean replaces) {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a size is 0 or more: " + sizeBytes);
    }
    Manifest manifest = publication.announce(name, sizeBytes, metadata, replaces);
    try {
      return new PublishedObject(publication, manifest, near.create(manifest), replaces);
    } catch (Throwable e) {
      publication.giveUp(manifest);
      throw e;
    }
  }

  @Override
  public ObjectView get(ObjectRef ref) {
    ObjectView view = gate.pass(() -> view(directory.manifest(ref.value())));
    if (view == null) {
      throw noObject(ref);
    }
    return view;
  }

  @Override
  public ObjectView get(String name) {
    checkName(name);
    ObjectView view = gate.pass(() -> viewNamed(name));
    if (view == null) {
      throw noObject("named " + name);
    }
    return view;
  }

  /** A view of the sealed object of that name, of the next one if it is replaced meanwhile. */
  private ObjectView viewNamed(String name) {
    Manifest manifest;
    ObjectView view;
    do {
      manifest = directory.manifest(name);
      view = view(manifest);
    } while (view == null && manifest != null && manifest.isSealed());
    return view;
  }

  /** A view of a sealed object, or null. */
  private ObjectView view(Manifest manifest) {
    if (manifest == null || !manifest.isSealed()) {
      return null;
    }
    ObjectView view;
    try {
      view = near.view(manifest, chunks);
    } catch (StoreCorruptException e) {
      if (directory.isSealed(manifest.id())) {
        throw e;
      }
      return null;
    }
    try {
      if (!directory.isSealed(manifest.id())) {
        // Deleted meanwhile: the view is good, but nobody would drop the copy.
        near.drop(manifest.id());
      }
    } catch (Throwable e) {
      view.close();
      throw e;
    }
    return view;
  }

  @Override
  public ObjectView get(ObjectRef ref, Duration timeout) throws InterruptedException {
    return events.await(timeout, ref.toString(), () -> gate.pass(() -> viewOrPending(ref)));
  }

  @Override
  public ObjectView get(String name, Duration timeout) throws InterruptedException {
    checkName(name);
    return events.await(timeout, "named " + name, () -> gate.pass(() -> viewNamed(name)));
  }

  /** A view, or null while the object is being written. */
  private ObjectView viewOrPending(ObjectRef ref) {
    Manifest manifest = directory.manifest(ref.value());
    ObjectView view = view(manifest);
    if (view == null && (manifest == null || manifest.state() != Manifest.State.WRITING)) {
      throw noObject(ref);
    }
    return view;
  }

  @Override
  public ObjectRef find(String name) {
    checkName(name);
    Manifest manifest = gate.pass(() -> directory.manifest(name));
    if (manifest == null || !manifest.isSealed()) {
      throw noObject("named " + name);
    }
    return manifest.ref();
  }

  @Override
  public boolean contains(ObjectRef ref) {
    return gate.pass(() -> directory.isSealed(ref.value()));
  }

  @Override
  public boolean contains(String name) {
    checkName(name);
    Manifest manifest = gate.pass(() -> directory.manifest(name));
    return manifest != null && manifest.isSealed();
  }

  @Override
  public void delete(ObjectRef ref) {
    gate.pass(() -> {
      directory.condemn(ref);
      sweeper.giveUp(ref.value());
      return null;
    });
  }

  @Override
  public void delete(String name) {
    delete(find(name));
  }

  @Override
  public int retain(ObjectRef ref) {
    return gate.pass(() -> directory.addReferences(ref, 1).references());
  }

  @Override
  public int release(ObjectRef ref) {
    return gate.pass(() -> {
      Manifest manifest = directory.addReferences(ref, -1);
      if (!manifest.isSealed()) {
        sweeper.giveUp(ref.value());
      }
      return manifest.references();
    });
  }

  @Override
  public List<ObjectInfo> list() {
    return gate.pass(() -> {
      Map<Long, ObjectInfo> copies = near.copies();
      List<ObjectInfo> objects = new ArrayList<>();
      for (Manifest each : directory.manifests()) {
        if (each.state() != Manifest.State.DELETING) {
          ObjectInfo copy = copies.get(each.id());
          objects.add(
              new ObjectInfo(
                  each.ref(),
                  each.name(),
                  each.sizeBytes(),
                  each.references(),
                  copy == null ? 0 : copy.pins(),
                  each.isSealed(),
                  Instant.ofEpochMilli(each.created()),
                  each.metadata()));
        }
      }
      return objects;
    });
  }

  /** The ledger of the near cache. */
  @Override
  public StoreStats stats() {
    gate.check();
    return near.store().stats();
  }

  /** The processes of this machine that use the near cache. */
  @Override
  public List<StoreProcess> processes() {
    gate.check();
    return near.store().processes();
  }

  /** Gives the memory behind the near cache's free space back to the system. */
  @Override
  public void trim() {
    gate.check();
    near.store().trim();
  }

  /** Brings the near cache's free space together. */
  @Override
  public long compact() {
    gate.check();
    return near.store().compact();
  }

  /** Counts the cluster. */
  public ClusterStats clusterStats() {
    return gate.pass(() -> {
      Optional<List<Manifest>> readable = readableManifests();
      List<Manifest> manifests = readable.orElse(List.of());
      List<Manifest> sealed = manifests.stream().filter(Manifest::isSealed).toList();
      return new ClusterStats(
          engine.complete().size(),
          readable.isPresent(),
          engine.isSettled(),
          sealed.size(),
          sealed.stream().mapToLong(Manifest::sizeBytes).sum(),
          manifests.size() - sealed.size(),
          Quota.Usage.of(manifests).bytes(),
          options.capacityBytes(),
          options.objectLimit(),
          chunks.localCount(),
          near.hits(),
          near.misses());
    });
  }

  /** Nothing when this node may not read, also when it loses the majority just now. */
  private Optional<List<Manifest>> readableManifests() {
    if (!engine.isAvailable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(directory.manifests());
    } catch (StoreUnavailableException e) {
      if (engine.isAvailable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Goes on with the nodes that are left where they are too few to do so by themselves, on the word
   * of the caller that the lost ones are dead. Objects all of whose copies were on lost nodes are
   * reported by {@link #verify}. When the lost ones live and go on too, the changes of one side are
   * lost when they meet again.
   */
  public void assumeLostNodesDead() {
    gate.pass(() -> {
      engine.forceAvailable();
      return null;
    });
  }

  /** Fetches every chunk of every object and checks it; then checks the near cache. */
  @Override
  public VerifyReport verify() {
    return gate.pass(() -> Verification.of(directory, chunks, near.store()));
  }

  /**
   * Leaves the cluster, after the data that is being moved has arrived. Nodes that are closed at
   * the same time leave one after the other, and lose nothing. Views that are open stay valid.
   * Objects that were being written are given up. Waits as long as data is being moved, and for at
   * most the time of a call while none is; an interrupt ends the waiting, so that data may be lost.
   * The second call does nothing.
   */
  @Override
  public void close() {
    if (!gate.close()) {
      return;
    }
    try (near;
        engine;
        sweeper) {
      events.stop();
      publication.giveUpAll();
      new Departure(engine, directory).await(options.callTimeout());
      directory.resign();
    } catch (StoreUnavailableException e) {
      // Cut off from the majority, which sweeps what this node leaves.
    }
  }

  boolean isOpen() {
    return gate.isOpen();
  }

  Quota quota() {
    return quota;
  }

  Engine engine() {
    return engine;
  }

  Directory directory() {
    return directory;
  }

  Sweeper sweeper() {
    return sweeper;
  }
}
