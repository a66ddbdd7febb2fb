package hak.cli.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Standard input and output for bytes that are no text.
 *
 * @param out throws where a PrintStream keeps quiet
 */
public record StandardStreams(InputStream in, OutputStream out) {
  public static StandardStreams ofProcess() {
    InputStream in =
        StandardInput.isClosed()
            ? new StandardInput.Closed()
            : new FileInputStream(FileDescriptor.in);
    return new StandardStreams(in, new FileOutputStream(FileDescriptor.out));
  }
}
