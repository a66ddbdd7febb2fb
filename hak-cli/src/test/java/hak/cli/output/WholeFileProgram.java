package hak.cli.output;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Begins to write a file, says so, and goes on until it is ended. */
final class WholeFileProgram {
  private WholeFileProgram() {}

  /** Takes the file. */
  public static void main(String[] args) throws Exception {
    WholeFile.write(
        Path.of(args[0]),
        out -> {
          out.write(ByteBuffer.allocate(100));
          System.out.println("writing");
          try {
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
