package hak.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** Appends to an object that is being written. */
final class AppendStream extends OutputStream {
  private final WritableObject object;

  AppendStream(WritableObject object) {
    this.object = object;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    MemorySegment part = MemorySegment.ofArray(from).asSlice(offset, length);
    try {
      object.append(part);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
