package hak.machinecode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HsdisTest {
  @TempDir private Path folder;

  @Test
  void aPluginWithTheEntryPointIsUsable() throws IOException {
    Path library =
        Files.writeString(folder.resolve("new.so"), "ELF\0decode_instructions_virtual\0");
    assertTrue(Hsdis.isUsable(library));
  }

  @Test
  void aPluginForOlderJvmsIsNot() throws IOException {
    Path library = Files.writeString(folder.resolve("old.so"), "ELF\0decode_instructions\0");
    assertFalse(Hsdis.isUsable(library));
  }

  @Test
  void aJdkWithAPluginInItsLibIsFound() throws IOException {
    Path library = folder.resolve("lib").resolve(Hsdis.fileName());
    Files.createDirectories(library.getParent());
    Files.writeString(library, "decode_instructions_virtual");
    assertTrue(Hsdis.find(folder).filter(library.toAbsolutePath()::equals).isPresent());
  }
}
