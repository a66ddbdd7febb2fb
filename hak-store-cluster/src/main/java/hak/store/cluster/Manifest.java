package hak.store.cluster;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the directory knows of an object.
 *
 * <pre>
 *    0  version     1                                                           byte
 *    1  state       code of State                                               byte
 *    2  chunkBytes  size of every chunk but the last                            int
 *    6  sizeBytes   bytes of data                                               long
 *   14  checksum    CRC32C of the checksums of the chunks, 0 until it is sealed int
 *   18  references  reference count                                             int
 *   22  owner       generation of the node that writes or deletes it            int
 *   26  revision    different after every change, so that a change that is
 *                   retried is told from another that looks alike               long
 *   34  created     milliseconds since 1970                                     long
 *   42  metadata    length in bytes, 0 for none; type (int), what else is said    short, bytes
 *   ..  name        UTF-8, to the end
 * </pre>
 *
 * @param id the key, not in the bytes
 */
record Manifest(
    long id,
    State state,
    int chunkBytes,
    long sizeBytes,
    int checksum,
    int references,
    int owner,
    long revision,
    long created,
    ObjectMetadata metadata,
    String name) {
  /** The life of an object: only a sealed one can be read. */
  enum State {
    WRITING(1),
    SEALED(2),
    DELETING(3);

    private final byte code;

    State(int code) {
      this.code = (byte) code;
    }

    /** The state of that code, or null. */
    private static State of(byte code) {
      return switch (code) {
        case 1 -> WRITING;
        case 2 -> SEALED;
        case 3 -> DELETING;
        default -> null;
      };
    }
  }

  private static final byte VERSION = 2;

  /** Bytes of a manifest without metadata and name. */
  private static final int LEAST_BYTES = 44;

  ObjectRef ref() {
    return new ObjectRef(id);
  }

  boolean isSealed() {
    return state == State.SEALED;
  }

  int chunkCount() {
    return Math.toIntExact((sizeBytes + chunkBytes - 1) / chunkBytes);
  }

  /** Bytes of data in a chunk. */
  int bytesOf(int chunk) {
    return (int) Math.min(chunkBytes, sizeBytes - (long) chunk * chunkBytes);
  }

  Manifest sealed(int sum, long newRevision) {
    return changed(State.SEALED, sum, references, owner, newRevision);
  }

  Manifest deleting(int deleter, long newRevision) {
    return changed(State.DELETING, checksum, 0, deleter, newRevision);
  }

  Manifest withReferences(int count, long newRevision) {
    return changed(state, checksum, count, owner, newRevision);
  }

  private Manifest changed(
      State newState, int sum, int newReferences, int newOwner, long newRevision) {
    return new Manifest(
        id,
        newState,
        chunkBytes,
        sizeBytes,
        sum,
        newReferences,
        newOwner,
        newRevision,
        created,
        metadata,
        name);
  }

  /** The metadata as it stands in the bytes, none of it when nothing is said. */
  byte[] encodedMetadata() {
    if (metadata.isNone()) {
      return new byte[0];
    }
    byte[] said = metadata.bytes();
    return ByteBuffer.allocate(Integer.BYTES + said.length)
        .putInt(metadata.type())
        .put(said)
        .array();
  }

  byte[] encode() {
    byte[] said = encodedMetadata();
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(LEAST_BYTES + said.length + nameBytes.length)
        .put(VERSION)
        .put(state.code)
        .putInt(chunkBytes)
        .putLong(sizeBytes)
        .putInt(checksum)
        .putInt(references)
        .putInt(owner)
        .putLong(revision)
        .putLong(created)
        .putShort((short) said.length)
        .put(said)
        .put(nameBytes)
        .array();
  }

  static Manifest decode(long id, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    State state = bytes.length < LEAST_BYTES || in.get() != VERSION ? null : State.of(in.get());
    if (state == null) {
      throw new StoreCorruptException(
          "the manifest of " + new ObjectRef(id) + " is not one of this version");
    }
    return new Manifest(
        id,
        state,
        in.getInt(),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        decodeMetadata(in),
        StandardCharsets.UTF_8.decode(in).toString());
  }

  private static ObjectMetadata decodeMetadata(ByteBuffer in) {
    int length = in.getShort();
    if (length == 0) {
      return ObjectMetadata.NONE;
    }
    int type = in.getInt();
    byte[] said = new byte[length - Integer.BYTES];
    in.get(said);
    return ObjectMetadata.of(type, said);
  }
}
