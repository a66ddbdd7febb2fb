package hak.store;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Reads a view from its begin; one thread at a time. */
final class ViewStream extends InputStream {
  private final ObjectView view;
  private long at;
  private long marked;

  ViewStream(ObjectView view) {
    this.view = view;
  }

  private long left() {
    return view.sizeBytes() - at;
  }

  @Override
  public int read() {
    MemorySegment data = view.segment();
    return left() == 0 ? -1 : data.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, to.length);
    MemorySegment data = view.segment();
    if (length > 0 && left() == 0) {
      return -1;
    }
    int count = (int) Math.min(length, left());
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, to, offset, count);
    at += count;
    return count;
  }

  @Override
  public long skip(long bytes) {
    long count = Math.clamp(bytes, 0, left());
    at += count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(left(), Integer.MAX_VALUE);
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int readLimit) {
    marked = at;
  }

  @Override
  public void reset() {
    at = marked;
  }
}
