/**
 * The object store over several machines: the API of {@link hak.store.ObjectStore}, the objects in
 * an Infinispan cluster whose nodes run inside the programs that use it, the store of each machine
 * as near cache.
 *
 * <p>Infinispan is to be on the class path, also when this module is on the module path: its jars
 * cannot be modules. Start at {@link hak.store.cluster.ClusterStore}.
 */
module hak.store.cluster {
  requires transitive hak.store;
  // Of the JDK, what Infinispan and JGroups use: from the class path they cannot ask for modules.
  requires java.desktop;
  requires java.logging;
  requires java.management;
  requires java.naming;
  requires java.sql;
  requires java.xml;
  requires jdk.unsupported;

  exports hak.store.cluster;
}
