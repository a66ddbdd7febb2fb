package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hak.core.profile.ProfileException;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and files that are no profile at all. */
class UnreadableProfileTest {
  @TempDir Path folder;
  private ProfileFolder profiles;

  @BeforeEach
  void open() {
    profiles = new ProfileFolder(folder);
  }

  @Test
  void unknownNameIsAnsweredWithTheNearest() {
    TomlProfileReader reader = new TomlProfileReader();
    ProfileException e = assertThrows(ProfileException.class, () -> reader.read("pow4"));
    assertEquals(
        List.of("profile pow4: no such profile is shipped; did you mean 'pow2'?"), e.errors());
    e = assertThrows(ProfileException.class, () -> reader.read("../profiles/default"));
    assertEquals(
        List.of(
            "profile ../profiles/default: no such profile is shipped; there are: "
                + String.join(", ", reader.names())),
        e.errors());
  }

  @Test
  void missingFile() {
    assertEquals(List.of("no.toml: no such file"), profiles.errors("no.toml"));
  }

  @Test
  void folderAsFile() throws IOException {
    Files.createDirectory(folder.resolve("d.toml"));
    assertEquals(List.of("d.toml: a directory, not a file"), profiles.errors("d.toml"));
    profiles.write("p.toml", "extends = \"d.toml\"");
    assertEquals(
        List.of("p.toml:1:1: cannot extend 'd.toml': a directory, not a file"),
        profiles.errors("p.toml"));
  }

  @Test
  void fileAsFolder() {
    profiles.write("p.toml", "");
    assertEquals(List.of("p.toml/q.toml: Not a directory"), profiles.errors("p.toml/q.toml"));
  }

  @Test
  void linkToItself() throws IOException {
    Files.createSymbolicLink(folder.resolve("l.toml"), Path.of("l.toml"));
    assertEquals(
        List.of(
            "l.toml: Too many levels of symbolic links or unable to access attributes of"
                + " symbolic link"),
        profiles.errors("l.toml"));
  }

  @Test
  void fileWithoutPermission() throws IOException {
    profiles.write("p.toml", "");
    Path file = folder.resolve("p.toml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root may read everything");
    assertEquals(List.of("p.toml: permission denied"), profiles.errors("p.toml"));
  }

  @Test
  void bytesThatAreNoTextAreReportedAtTheFirst() {
    byte[] latin1 = "name = \"x\"\n# 100 \u00b5s\n".getBytes(StandardCharsets.ISO_8859_1);
    profiles.write("p.toml", latin1);
    assertEquals(List.of("p.toml:2:7: not UTF-8: byte 0xB5"), profiles.errors("p.toml"));
    profiles.write("q.toml", "extends = \"p.toml\"", "nam = 1");
    assertEquals(
        List.of(
            "q.toml:2:1: unknown key 'nam'; did you mean 'name'?",
            "p.toml:2:7: not UTF-8: byte 0xB5"),
        profiles.errors("q.toml"));
  }

  @Test
  void textCutOffWithinACharacterIsReportedAtItsEnd() {
    profiles.write("p.toml", new byte[] {'#', (byte) 0xC3});
    assertEquals(List.of("p.toml:1:2: not UTF-8: byte 0xC3"), profiles.errors("p.toml"));
  }

  @Test
  void largestFileIsReadAndALargerOneRefused() {
    byte[] text = new byte[ProfileSource.MAX_BYTES];
    Arrays.fill(text, (byte) '\n');
    byte[] stack = ProfileFolder.STACK.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(stack, 0, text, text.length - stack.length, stack.length);
    profiles.write("p.toml", text);
    assertEquals(List.of("tiny", "large"), profiles.read("p.toml").boxes(Section.TIERS));
    profiles.write("p.toml", Arrays.copyOf(text, text.length + 1));
    assertEquals(
        List.of("p.toml: larger than 1 MiB, the most a profile may have"),
        profiles.errors("p.toml"));
  }

  @Test
  void endlessFileIsRefused() {
    ProfileException e =
        assertThrows(
            ProfileException.class, () -> new TomlProfileReader().read(Path.of("/dev/zero")));
    assertEquals(List.of("/dev/zero: larger than 1 MiB, the most a profile may have"), e.errors());
  }

  @Test
  void bottomlessNestingIsRefusedAndTheNextFileRead() {
    profiles.write("p.toml", "a = " + "[".repeat(100_000));
    assertEquals(
        List.of("p.toml:1:134: nesting is too deep (more than 128 levels of tables and arrays)"),
        profiles.errors("p.toml"));
    profiles.write("p.toml", ProfileFolder.STACK);
    assertEquals(List.of("tiny", "large"), profiles.read("p.toml").boxes(Section.TIERS));
  }

  /** Releases of the parser differ in this: some take a time that grows with the cube. */
  @Test
  void longRunsOfEmptyLinesAndCommentsAreReadAtOnce() {
    profiles.write("p.toml", "#\n".repeat(20_000) + "\n".repeat(20_000) + ProfileFolder.STACK);
    assertEquals(
        List.of("tiny", "large"),
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> profiles.read("p.toml").boxes(Section.TIERS)));
  }
}
