package hak.bench.live;

import hak.bench.Workload;
import hak.core.profile.Profile;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What {@link Live} is to do.
 *
 * @param profile the stack, with the learners that are watched
 * @param workload what is replayed again and again
 * @param length how long
 * @param watcher is told of every look
 * @param stop asked several times a second whether somebody wants it to end
 */
public record LiveRequest(
    Profile profile,
    Workload workload,
    Duration length,
    LiveWatcher watcher,
    BooleanSupplier stop) {}
