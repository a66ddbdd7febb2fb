package hak.store.check;

import hak.store.StoreCorruptException;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.file.ByteLocks;
import hak.store.file.FileMemory;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.file.Trust;
import hak.store.life.Tables;
import hak.store.process.Identity;
import hak.store.space.Placement;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks a file without trusting a byte of it: header, size, then all that is inside. Mends header
 * and size, after which the file can be opened for its bookkeeping to be mended.
 */
public final class FileCheck {
  private final Path path;
  private final StoreVerifier.Progress progress;
  private final List<String> findings = new ArrayList<>();
  private final List<String> repairs = new ArrayList<>();
  private boolean repairable;
  private boolean lost;

  private FileCheck(Path path, StoreVerifier.Progress progress) {
    this.path = path.toAbsolutePath().normalize();
    this.progress = progress;
  }

  /** Looks at everything and changes nothing. */
  public static VerifyReport look(Path path, StoreVerifier.Progress progress) {
    return new FileCheck(path, progress).look();
  }

  /**
   * Restores the header from its copy or the copy from the header, and makes the file as long as
   * they say.
   *
   * @return what was changed, one line each
   * @throws StoreCorruptException when it is not a store, or both copies of its header are damaged
   */
  public static List<String> mend(Path path) {
    FileCheck check = new FileCheck(path, (bytes, of) -> {});
    check.mend();
    return check.repairs;
  }

  private VerifyReport look() {
    try (FileChannel channel = StoreFile.openChecked(path, Trust.ANYBODY, StandardOpenOption.READ);
        ByteLocks locks = ByteLocks.openToAsk(path, Trust.ANYBODY.check(path));
        Arena arena = Arena.ofShared()) {
      StoreHeader header = header(channel);
      if (header == null) {
        return new VerifyReport(VerifyReport.Outcome.DATA_LOST, 0, 0, findings, List.of());
      }
      lookAtSize(channel, header);
      Region region = Region.of(StoreFile.mapAsIs(channel, arena));
      return merge(inspect(region, header, locks));
    } catch (IOException e) {
      throw StoreFile.failed(path, e);
    }
  }

  private VerifyReport inspect(Region region, StoreHeader header, ByteLocks locks) {
    try {
      return Inspection.of(
              Tables.of(region, header, Identity.ofThisProcess(), locks, Placement.BEST_FIT),
              progress)
          .report();
    } catch (IndexOutOfBoundsException | InternalError e) {
      return new VerifyReport(
          VerifyReport.Outcome.DATA_LOST,
          0,
          0,
          List.of("the file ends within its tables, so the objects cannot be told"),
          List.of());
    }
  }

  private VerifyReport merge(VerifyReport inspected) {
    findings.addAll(inspected.findings());
    VerifyReport.Outcome outcome =
        lost
            ? VerifyReport.Outcome.DATA_LOST
            : repairable && inspected.outcome() == VerifyReport.Outcome.CLEAN
                ? VerifyReport.Outcome.REPAIRABLE
                : inspected.outcome();
    return new VerifyReport(outcome, inspected.objects(), inspected.bytes(), findings, List.of());
  }

  /** The header, or its copy when the header is damaged; null when neither can be believed. */
  private StoreHeader header(FileChannel channel) throws IOException {
    StoreHeader first = parse(channel, 0, "the header");
    StoreHeader copy = parse(channel, StoreHeader.COPY, "the copy of the header");
    if (first == null && copy == null) {
      StoreHeader merged =
          HeaderMerge.of(upper(channel, 0), upper(channel, StoreHeader.COPY), path.toString());
      repairable = merged != null;
      lost = merged == null;
      return merged;
    } else if (first == null || copy == null) {
      repairable = true;
    } else if (!first.equals(copy)) {
      repairable = true;
      findings.add("the header and its copy differ");
    }
    return first != null ? first : copy;
  }

  private StoreHeader parse(FileChannel channel, long offset, String what) throws IOException {
    byte[] bytes = upper(channel, offset);
    if (bytes.length < StoreHeader.STATIC_BYTES) {
      findings.add(what + " is not there: the file has " + channel.size() + " bytes");
      return null;
    }
    try {
      return StoreHeader.parse(bytes, path.toString());
    } catch (StoreCorruptException e) {
      findings.add(what + ": " + e.getMessage());
      return null;
    }
  }

  private static byte[] upper(FileChannel channel, long offset) throws IOException {
    return StoreFile.read(channel, offset, StoreHeader.STATIC_BYTES);
  }

  private void lookAtSize(FileChannel channel, StoreHeader header) throws IOException {
    long committed = committed(channel);
    if (!isLength(committed, header)) {
      repairable = true;
      findings.add("the file says that it holds " + committed + " bytes of data");
    } else if (channel.size() < header.dataOffset() + committed) {
      repairable = true;
      findings.add(
          "the file was truncated to "
              + channel.size()
              + " of "
              + (header.dataOffset() + committed)
              + " bytes");
    }
  }

  private static boolean isLength(long committed, StoreHeader header) {
    return committed >= 0
        && committed <= header.capacityBytes()
        && header.units().isBegin(committed);
  }

  private static long committed(FileChannel channel) throws IOException {
    byte[] word = StoreFile.read(channel, StoreHeader.COMMITTED, Long.BYTES);
    return word.length < Long.BYTES
        ? -1
        : ByteBuffer.wrap(word).order(ByteOrder.nativeOrder()).getLong();
  }

  private void mend() {
    try (FileChannel channel =
        StoreFile.openChecked(
            path, Trust.GROUP, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      StoreHeader header = header(channel);
      if (header == null) {
        throw new StoreCorruptException("nothing in " + path + " can be repaired: " + findings);
      }
      mendHeader(channel, header);
      mendSize(channel, header);
    } catch (IOException e) {
      throw StoreFile.failed(path, e);
    }
  }

  private void mendHeader(FileChannel channel, StoreHeader header) throws IOException {
    byte[] upper = header.toBytes();
    for (long at : new long[] {0, StoreHeader.COPY}) {
      if (!Arrays.equals(upper, StoreFile.read(channel, at, upper.length))) {
        channel.write(ByteBuffer.wrap(upper), at);
        repairs.add(at == 0 ? "restored the header from its copy" : "restored the header's copy");
      }
    }
  }

  private void mendSize(FileChannel channel, StoreHeader header) throws IOException {
    long committed = committed(channel);
    if (!isLength(committed, header)) {
      // As much as the file has, so that it can be opened; what objects need is seen then.
      long held = Math.max(0, channel.size() - header.dataOffset());
      committed = Math.min(header.capacityBytes(), held & -(long) header.units().unitBytes());
      ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
      channel.write(word.putLong(0, committed), StoreHeader.COMMITTED);
      repairs.add("set the data space to the " + committed + " bytes that the file has");
    }
    long size = channel.size();
    long missing = header.dataOffset() + committed - size;
    if (missing > 0) {
      FileMemory.writeZeros(channel, size, missing);
      repairs.add("filled " + missing + " missing bytes with zeros");
    }
  }
}
