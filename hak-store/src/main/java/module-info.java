/**
 * Large objects shared by the processes of one machine: put, get without copying, delete.
 *
 * <p>Usable without the rest of HAK; of hak.core it takes memory by address, the wait on a word of
 * it, the locks of open files and the space behind them, for which native access is needed. Start
 * at {@link hak.store.ObjectStore}.
 *
 * @provides hak.store.StoreProvider the code behind the API, for this module itself
 * @uses hak.store.StoreProvider finds it
 */
module hak.store {
  requires hak.core;
  requires jdk.jfr;

  exports hak.store;

  uses hak.store.StoreProvider;

  provides hak.store.StoreProvider with
      hak.store.access.LocalStores;
}
