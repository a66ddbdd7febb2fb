package hak.store.cluster;

import hak.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Removes what a node that left had not finished: objects it was writing or deleting, those whose
 * name another has ({@link Publication#replace}), chunks that no manifest leads to, copies in the
 * near cache of objects that are no more.
 *
 * <p>Runs on every node, some time after nodes came or went and every minute. All sweep alike, in
 * the order of {@link Directory}: each step is conditional or may be done twice.
 *
 * <p><b>Why no living writer loses its chunks.</b> Who counts as gone is not among the members of
 * the directory's cache, which a majority has agreed on; a minority cannot sweep, since it cannot
 * write. A node that was only cut off and comes back finds its object given up when it seals, and
 * removes what it wrote since.
 *
 * <p><b>Why chunks without a manifest are always garbage.</b> The manifest is on every node before
 * the first chunk is put, and goes after the last was removed. They come about when a put of a dead
 * node is carried out late.
 */
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("hak.store.cluster");
  private static final long DELAY_MILLIS = 500;
  private static final long PERIOD_MILLIS = 60_000;

  private final Engine engine;
  private final Directory directory;
  private final Chunks chunks;
  private final NearCache near;
  private final Set<Long> unfinished = ConcurrentHashMap.newKeySet();
  private final Set<Long> spared = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService executor;

  Sweeper(Engine engine, Directory directory, Chunks chunks, NearCache near) {
    this.engine = engine;
    this.directory = directory;
    this.chunks = chunks;
    this.near = near;
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("hak-store-sweeper").factory());
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    pool.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor = pool;
    var _ =
        executor.scheduleWithFixedDelay(
            this::sweepOrLater, DELAY_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Has a sweep run soon. */
  void wake() {
    try {
      long delay = engine.isAvailable() ? DELAY_MILLIS : 0;
      var _ = executor.schedule(this::sweepOrLater, delay, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile.
    }
  }

  private void sweepOrLater() {
    try {
      sweep();
    } catch (StoreException | IllegalStateException e) {
      // Cut off or leaving: the next topology or the next minute brings another sweep.
    } catch (RuntimeException e) {
      // Not to be expected, and no reason to sweep no more: a task that throws is not run again.
      LOGGER.log(System.Logger.Level.WARNING, "a sweep failed; the next one goes on", e);
    }
  }

  /** Removes all that was left behind. */
  void sweep() {
    if (!engine.isAvailable()) {
      goOnAfterLeavers();
      return;
    }
    // In this order: chunks have manifests, manifests owners, owners are members.
    List<Chunks.Key> held = chunks.localKeys();
    List<Manifest> manifests = directory.manifests();
    Map<Integer, UUID> generations = directory.generations();
    Set<UUID> members = engine.members();
    Set<Long> ids = new HashSet<>();
    for (Manifest each : manifests) {
      ids.add(each.id());
      boolean left = !members.contains(generations.get(each.owner()));
      if (each.isSealed() ? isReplaced(each, left) : left || unfinished.contains(each.id())) {
        remove(each);
      }
    }
    unfinished.removeIf(this::isFinished);
    for (Chunks.Key key : held) {
      if (!ids.contains(key.id())) {
        chunks.remove(key);
      }
    }
    near.dropUnless(id -> directory.manifest(id) != null);
  }

  /**
   * Goes on when every node that claimed a generation and did not give it back is there: whoever is
   * missed has left, not crashed. When the node that coordinates Infinispan leaves, the others may
   * take it for crashed. A part of a broken network always misses a claimant, and so does a cluster
   * of which a node has ever crashed.
   *
   * <p>A node that comes back begins with an empty directory: it knows who is missed only when its
   * own claim, which it has not given back, is there again.
   */
  private void goOnAfterLeavers() {
    Set<UUID> claimants = Set.copyOf(directory.generationsKnownHere().values());
    if (claimants.contains(engine.self()) && engine.isEachThere(claimants)) {
      engine.forceAvailable();
    }
  }

  /**
   * Whether a sealed object has lost its name for good: its node is gone, or is this one and does
   * not give it the name just now.
   */
  private boolean isReplaced(Manifest sealed, boolean left) {
    boolean ours = directory.isOurs(sealed) && !spared.contains(sealed.id());
    return (left || ours) && directory.names().leadsElsewhere(sealed);
  }

  /** From now on an object of this node is not looked at: it is about to get its name. */
  void spare(long id) {
    spared.add(id);
  }

  /** It has its name, or will not get it. */
  void spareNoLonger(long id) {
    spared.remove(id);
  }

  private boolean isFinished(long id) {
    Manifest manifest = directory.manifest(id);
    return manifest == null || manifest.isSealed();
  }

  /**
   * Removes an object that is not sealed, or leaves it to the next sweep when the cluster does not
   * answer.
   */
  void giveUp(long id) {
    unfinished.add(id);
    try {
      Manifest manifest = directory.manifest(id);
      if (manifest != null && !manifest.isSealed()) {
        remove(manifest);
      }
      unfinished.remove(id);
    } catch (StoreUnavailableException e) {
      // It stays in the set.
    }
  }

  private void remove(Manifest manifest) {
    Manifest deleting =
        manifest.state() == Manifest.State.DELETING ? manifest : directory.condemn(manifest);
    if (deleting != null) {
      near.drop(deleting.id());
      directory.names().remove(deleting);
      chunks.remove(deleting);
      directory.remove(deleting);
    }
  }

  /** Ends after the sweep that runs. */
  @Override
  public void close() {
    executor.close();
  }
}
