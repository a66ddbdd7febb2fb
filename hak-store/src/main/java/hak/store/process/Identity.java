package hak.store.process;

import hak.store.StoreAccessException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who a process is, in one word. There are two kinds of them.
 *
 * <p>Where the file system has locks of open files the word is {@link #held}: the id, for messages,
 * and a random number. Whether its owner lives is told by the lock on its entry of the process
 * table ({@link ProcessTable}), so there is nothing to compare that another namespace could show
 * otherwise.
 *
 * <p>Elsewhere it is the id and the time of its start, so that a later process with the same id is
 * another one, and which boot of the system and which PID namespace it lives in is told beside, by
 * its habitat. Whether it lives is told by /proc, which does not show other namespaces.
 */
public interface Identity {
  /** Bits of the process id; Linux allows 2^22 of them. */
  int PID_BITS = 22;

  /** Set in words whose owners live as long as their entries are locked. */
  long HELD = Long.MIN_VALUE;

  /** This process: start time in clock ticks since boot, times 2^22, plus the id. */
  long self();

  /** Hash of the boot in the upper half, number of the PID namespace in the lower. */
  long habitat();

  /** Whether that process of this boot and namespace still runs; a zombie does not. */
  boolean isAlive(long identity);

  /** Whether an owner that lived in {@code habitat} may live; 0 = not yet written, so here. */
  default boolean isAlive(long identity, long habitat) {
    if (habitat == 0 || habitat == habitat()) {
      return isAlive(identity);
    }
    return isForeign(habitat) && sparesUnseen();
  }

  /** Whether a process that cannot be seen is taken for alive. */
  default boolean sparesUnseen() {
    return true;
  }

  /** Whether {@code habitat} is of this boot, but of another PID namespace. */
  default boolean isForeign(long habitat) {
    return habitat != 0 && habitat != habitat() && habitat >>> 32 == habitat() >>> 32;
  }

  /** A new word, for an owner of that process id who holds the lock of its entry. */
  static long held(int pid) {
    return HELD | ThreadLocalRandom.current().nextLong(1L << (63 - PID_BITS)) << PID_BITS | pid;
  }

  /** Whether the owner lives as long as its entry is locked. */
  static boolean isHeld(long identity) {
    return (identity & HELD) != 0;
  }

  static int pid(long identity) {
    return (int) identity & ((1 << PID_BITS) - 1);
  }

  /**
   * As the kernel tells it in /proc.
   *
   * @throws StoreAccessException if it cannot be read now; the next call tries again
   */
  static Identity ofThisProcess() {
    return OfProc.instance();
  }

  /** Reads /proc. */
  final class OfProc implements Identity {
    private static final int FIELD_STATE = 3;
    private static final int FIELD_THREADS = 20;
    private static final int FIELD_START = 22;

    private static OfProc instance;

    private final long self;
    private final long habitat;

    private static synchronized OfProc instance() {
      if (instance == null) {
        instance = new OfProc();
      }
      return instance;
    }

    private OfProc() {
      try {
        String stat = read(Path.of("/proc/self/stat"));
        long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        self = Long.parseLong(fields(stat)[FIELD_START - FIELD_STATE]) << PID_BITS | pid;
        String boot = read(Path.of("/proc/sys/kernel/random/boot_id"));
        String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        habitat = (long) (boot.hashCode() | 1) << 32 | (namespace.hashCode() & 0xFFFF_FFFFL);
      } catch (IOException e) {
        throw new StoreAccessException(
            "/proc cannot be read, which tells who lives: " + e.getMessage(), e);
      }
    }

    /** Through a stream: a channel would refuse to read for a thread that is interrupted. */
    private static String read(Path path) throws IOException {
      try (FileInputStream in = new FileInputStream(path.toFile())) {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    /** What follows the command's name, which may hold spaces and brackets itself. */
    private static String[] fields(String stat) {
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    @Override
    public long self() {
      return self;
    }

    @Override
    public long habitat() {
      return habitat;
    }

    @Override
    public boolean isAlive(long identity) {
      if (identity == self) {
        return true;
      }
      try {
        String[] fields = fields(read(Path.of("/proc/" + pid(identity) + "/stat")));
        boolean gone =
            "ZXx".contains(fields[0]) && Integer.parseInt(fields[FIELD_THREADS - FIELD_STATE]) <= 1;
        return !gone && Long.parseLong(fields[FIELD_START - FIELD_STATE]) == identity >>> PID_BITS;
      } catch (IOException e) {
        // It ended, perhaps while its file was read; or this process can open no file now, and a
        // process that lives must not be taken for dead.
        return Files.exists(Path.of("/proc/" + pid(identity)));
      }
    }
  }
}
