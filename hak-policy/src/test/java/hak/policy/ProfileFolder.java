package hak.policy;

import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of profiles; in errors its path is cut off. */
record ProfileFolder(Path path) {
  /** Lists that make a stack of the stubs. */
  static final String STACK = "[stack]\ntiers = [\"tiny\", \"large\"]\n";

  void write(String name, String... lines) {
    write(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] content) {
    try {
      Files.write(path.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Profile read(String name) {
    return new TomlProfileReader().read(path.resolve(name));
  }

  List<String> errors(String name) {
    ProfileException e = assertThrows(ProfileException.class, () -> read(name));
    return e.errors().stream().map(line -> line.replace(path + "/", "")).toList();
  }
}
