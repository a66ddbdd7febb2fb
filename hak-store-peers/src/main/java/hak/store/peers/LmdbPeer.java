package hak.store.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * LMDB, without syncing, in a writable map, with integer keys. A transaction for each operation, or
 * one for each row of them. Reads in place, in a read transaction that is renewed.
 */
final class LmdbPeer implements Peer {
  private static final long SPARE_BYTES = 256L << 20;
  private static final int MAP_BY_DATA = 4;

  private final Env<ByteBuffer> env;
  private final Dbi<ByteBuffer> values;
  private final ByteBuffer data;
  private final ByteBuffer key =
      ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
  private final boolean batched;
  private final Txn<ByteBuffer> read;
  private Txn<ByteBuffer> write;
  private boolean writing;

  LmdbPeer(Path folder, byte[] bytes, int count, boolean batched) {
    this.batched = batched;
    data = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    try {
      env =
          Env.create(ByteBufferProxy.PROXY_OPTIMAL)
              .setMapSize(SPARE_BYTES + (long) MAP_BY_DATA * bytes.length * count)
              .setMaxDbs(1)
              .open(
                  Files.createDirectory(folder.resolve("lmdb")).toFile(),
                  EnvFlags.MDB_NOSYNC,
                  EnvFlags.MDB_NOMETASYNC,
                  EnvFlags.MDB_WRITEMAP,
                  EnvFlags.MDB_NOMEMINIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    values = env.openDbi("values", DbiFlags.MDB_CREATE, DbiFlags.MDB_INTEGERKEY);
    read = env.txnRead();
    read.reset();
  }

  @Override
  public void begin(boolean writing) {
    this.writing = writing;
    if (batched) {
      open();
    }
  }

  @Override
  public void end() {
    if (batched) {
      done();
    }
  }

  private void open() {
    if (writing) {
      write = env.txnWrite();
    } else {
      read.renew();
    }
  }

  private void done() {
    if (writing) {
      write.commit();
      write.close();
    } else {
      read.reset();
    }
  }

  private ByteBuffer key(int index) {
    return key.putLong(0, index);
  }

  @Override
  public void put(int index) {
    if (!batched) {
      open();
    }
    values.put(write, key(index), data);
    if (!batched) {
      done();
    }
  }

  @Override
  public long get(int index, Reader reader) {
    if (!batched) {
      open();
    }
    long result = reader.read(MemorySegment.ofBuffer(values.get(read, key(index))));
    if (!batched) {
      done();
    }
    return result;
  }

  @Override
  public void delete(int index) {
    if (!batched) {
      open();
    }
    values.delete(write, key(index));
    if (!batched) {
      done();
    }
  }

  @Override
  public void close() {
    read.close();
    env.close();
  }
}
