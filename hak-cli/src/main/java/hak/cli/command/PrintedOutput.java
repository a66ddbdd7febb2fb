package hak.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Standard output for text. What cannot be written is remembered and not thrown, as that of a
 * PrintStream; unlike there the first failure is known in the end, so that a command whose result
 * is lost does not end well. Not for several threads at once.
 */
public final class PrintedOutput extends OutputStream {
  /** Who reads has had enough: {@code hak boxes | head -1}. */
  private static final String READER_IS_GONE = "Broken pipe";

  private final OutputStream out;
  private String failure;

  /**
   * Over a stream without a buffer.
   *
   * @param out throws when something cannot be written
   */
  public PrintedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    if (failure == null) {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      }
    }
  }

  /**
   * The exit code of the process, after everything was written: that of the command, but that a
   * loss of what it printed is a failure, which is told.
   */
  public int exitCode(int ofCommand, PrintWriter err) {
    if (failure == null || failure.equals(READER_IS_GONE) || ofCommand != ExitCode.FINE) {
      return ofCommand;
    }
    err.println("hak: cannot write standard output: " + failure);
    return ExitCode.FAILED;
  }
}
