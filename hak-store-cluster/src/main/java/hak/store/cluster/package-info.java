/**
 * The object store over several machines. {@link hak.store.cluster.ClusterStore} is the way in.
 *
 * <p>{@code Engine} is the only class that configures Infinispan; {@code Directory} holds what
 * objects there are, {@code Chunks} their data, {@code NearCache} the copies of this machine,
 * {@code Sweeper} removes what dead nodes left.
 */
package hak.store.cluster;
