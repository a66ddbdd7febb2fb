package hak.store;

import java.nio.file.Path;

/**
 * What stands behind {@link ObjectStore#open} and {@link StoreVerifier}. It is found as a service,
 * so the API depends on none of the rooms behind it. Nobody else provides or calls it.
 */
public interface StoreProvider {
  /** As {@link ObjectStore#open}. */
  ObjectStore open(Path path, StoreOptions options);

  /** As {@link ObjectStore#createNew}. */
  ObjectStore createNew(Path path, StoreOptions options);

  /** As {@link ObjectStore#openReadOnly}. */
  ObjectStore openReadOnly(Path path);

  /** As {@link StoreVerifier#verify(Path, StoreVerifier.Progress)}. */
  VerifyReport verify(Path path, StoreVerifier.Progress progress);

  /** As {@link StoreVerifier#repair(Path, StoreVerifier.Progress)}. */
  VerifyReport repair(Path path, StoreVerifier.Progress progress);
}
