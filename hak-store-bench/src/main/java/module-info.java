/**
 * Loads on the object store: an exchange of parameters, an experience buffer, and what the store
 * costs above plain memory. Each runs in processes of its own, which it starts.
 *
 * <p>Gson reads and writes what these processes are told and tell, by the components of records.
 */
module hak.store.bench {
  requires transitive hak.bench;
  requires transitive hak.store;
  requires HdrHistogram;

  exports hak.store.bench.churn;
  exports hak.store.bench.speed;
  exports hak.store.bench.train;

  opens hak.store.bench.churn to
      com.google.gson;
  opens hak.store.bench.speed to
      com.google.gson;
  opens hak.store.bench.train to
      com.google.gson;
}
