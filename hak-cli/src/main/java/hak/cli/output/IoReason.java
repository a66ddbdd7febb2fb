package hak.cli.output;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in some words. */
public final class IoReason {
  private IoReason() {}

  /** For a file that is written: what is missing is the folder it should be in. */
  public static String ofWriting(Exception e) {
    return e instanceof NoSuchFileException ? "no such folder" : of(e);
  }

  /** For a file that is read. */
  public static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "there is such a file already";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
