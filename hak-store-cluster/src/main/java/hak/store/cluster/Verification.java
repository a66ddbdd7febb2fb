package hak.store.cluster;

import hak.store.ObjectStore;
import hak.store.StoreCorruptException;
import hak.store.VerifyReport;
import java.util.ArrayList;
import java.util.List;

/** Reads all chunks of all objects, from whichever node has them. */
final class Verification {
  private Verification() {}

  static VerifyReport of(Directory directory, Chunks chunks, ObjectStore near) {
    List<String> findings = new ArrayList<>();
    VerifyReport.Outcome outcome = VerifyReport.Outcome.CLEAN;
    int objects = 0;
    long bytes = 0;
    for (Manifest each : directory.manifests()) {
      if (each.isSealed()) {
        objects++;
        bytes += each.sizeBytes();
        try {
          chunks.verify(each);
        } catch (StoreCorruptException e) {
          if (directory.isSealed(each.id())) {
            findings.add(e.getMessage());
            outcome = VerifyReport.Outcome.DATA_LOST;
          }
        }
      }
    }
    // What is wrong there can be fetched again.
    for (String finding : near.verify().findings()) {
      findings.add("near cache: " + finding);
      if (outcome == VerifyReport.Outcome.CLEAN) {
        outcome = VerifyReport.Outcome.REPAIRABLE;
      }
    }
    return new VerifyReport(outcome, objects, bytes, findings, List.of());
  }
}
