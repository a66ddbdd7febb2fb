package hak.store.access;

import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreProvider;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.check.FileCheck;
import hak.store.file.Interrupts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores in files of this machine. */
public final class LocalStores implements StoreProvider {
  @Override
  public ObjectStore open(Path path, StoreOptions options) {
    return OpenStores.open(path, options);
  }

  @Override
  public ObjectStore createNew(Path path, StoreOptions options) {
    return OpenStores.createNew(path, options);
  }

  @Override
  public ObjectStore openReadOnly(Path path) {
    return new ReadOnlyStore(path.toAbsolutePath().normalize());
  }

  @Override
  public VerifyReport verify(Path path, StoreVerifier.Progress progress) {
    return Interrupts.putAside(() -> FileCheck.look(path, progress));
  }

  @Override
  public VerifyReport repair(Path path, StoreVerifier.Progress progress) {
    return Interrupts.putAside(() -> repairUndisturbed(path, progress));
  }

  private static VerifyReport repairUndisturbed(Path path, StoreVerifier.Progress progress) {
    VerifyReport before = FileCheck.look(path, progress);
    List<String> repairs = new ArrayList<>(FileCheck.mend(path));
    try (LocalStore store = OpenStores.openForRepair(path)) {
      repairs.addAll(store.engine().repair());
    }
    return new VerifyReport(
        before.outcome(), before.objects(), before.bytes(), before.findings(), repairs);
  }
}
