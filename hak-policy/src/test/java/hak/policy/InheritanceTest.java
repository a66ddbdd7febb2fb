package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code extends}: what comes from where, and what is said when it cannot be followed. */
class InheritanceTest {
  @TempDir Path folder;
  private ProfileFolder profiles;

  @BeforeEach
  void open() {
    profiles = new ProfileFolder(folder);
    profiles.write(
        "base.toml",
        "name = \"base\"",
        "[stack]",
        "tiers = [\"tiny\", \"large\"]",
        "caches = [\"ring-cache\", \"tls-sll\"]",
        "guards = [\"external-guard\"]",
        "region = \"1 GiB\"",
        "huge-from = 0",
        "[tier.tiny]",
        "classes = \"pow2\"",
        "[box.ring-cache]",
        "capacity = 32",
        "lifo = false");
  }

  @Test
  void childReplacesListsAndScalarsAndMergesSettings() {
    profiles.write(
        "child.toml",
        "extends = \"base.toml\"",
        "[stack]",
        "caches = [\"ring-cache\"]",
        "superslabs = [\"ss-reuse\"]",
        "region = \"2 GiB\"",
        "[box.ring-cache]",
        "capacity = \"16 blocks\"",
        "full = \"spill\"",
        "[box.tls-sll]",
        "capacity = 1");
    assertEquals(
        new Profile(
            "child",
            Map.of(
                Section.TIERS, List.of("tiny", "large"),
                Section.CACHES, List.of("ring-cache"),
                Section.SUPERSLABS, List.of("ss-reuse"),
                Section.GUARDS, List.of("external-guard")),
            Map.of(
                "tiny", Map.of("classes", "pow2"),
                "ring-cache", Map.of("capacity", "16 blocks", "lifo", false, "full", "spill"),
                "tls-sll", Map.of("capacity", 1L)),
            StackOptions.DEFAULTS
                .with(StackOptions.REGION, 2L << 30)
                .with(StackOptions.HUGE_FROM, 0)),
        profiles.read("child.toml"));
  }

  @Test
  void emptyListReplacesTheParents() {
    profiles.write("child.toml", "extends = \"base.toml\"", "stack.caches = []");
    assertEquals(List.of(), profiles.read("child.toml").boxes(Section.CACHES));
  }

  @Test
  void nameIsNotInherited() {
    profiles.write("child.toml", "extends = \"base.toml\"");
    assertEquals("child", profiles.read("child.toml").name());
    profiles.write("child.toml", "extends = \"base.toml\"", "name = \"other\"");
    assertEquals("other", profiles.read("child.toml").name());
  }

  @Test
  void pathIsRelativeToTheFileThatExtends() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    profiles.write("a/b/child.toml", "extends = \"../mother.toml\"");
    profiles.write("a/mother.toml", "extends = \"../base.toml\"");
    assertEquals(1L << 30, profiles.read("a/b/child.toml").options().regionBytes());
  }

  @Test
  void fileMayExtendAShippedProfile() {
    profiles.write(
        "child.toml", "extends = \"bare\"", "[stack]", "observers = [\"front-metrics\"]");
    Profile child = profiles.read("child.toml");
    assertEquals(List.of(), child.boxes(Section.CACHES));
    assertEquals(List.of("tiny", "mid", "large", "big"), child.boxes(Section.TIERS));
    assertEquals(List.of("front-metrics"), child.boxes(Section.OBSERVERS));
  }

  @Test
  void errorInAParentIsReportedThereAfterThoseOfTheChild() {
    profiles.write(
        "wrong.toml", "nam = \"w\"", "extends = \"base.toml\"", "[box.ring-cache]", "lifo = 1");
    profiles.write(
        "child.toml", "extends = \"wrong.toml\"", "[box.ring-cache]", "", "capacity = 0");
    assertEquals(
        List.of(
            "child.toml:4:1: 0 is not allowed: a number of blocks from 1 to 4096, such as \"64"
                + " blocks\"",
            "wrong.toml:1:1: unknown key 'nam'; did you mean 'name'?",
            "wrong.toml:4:1: 1 is not allowed: true or false"),
        profiles.errors("child.toml"));
  }

  @Test
  void whatTheChildReplacesIsNotHeldAgainstTheParent() {
    profiles.write("wrong.toml", "[stack]", "tiers = [\"big\", \"tiny\", \"nothing\"]");
    profiles.write("child.toml", "extends = \"wrong.toml\"", "[stack]", "tiers = [\"tiny\"]");
    assertEquals(List.of("tiny"), profiles.read("child.toml").boxes(Section.TIERS));
  }

  @Test
  void problemOfAnInheritedListIsReportedInTheShippedProfile() {
    profiles.write("child.toml", "extends = \"default\"", "[tier.large]", "largest = \"4 KiB\"");
    assertEquals(
        List.of("profile default:5:1: 'big' serves nothing that the tiers before it do not"),
        profiles.errors("child.toml"));
  }

  @Test
  void missingParentIsReportedAtExtendsWithTheOtherErrors() {
    profiles.write("child.toml", "", "extends = \"bass.toml\"", "[stack]", "caches = [\"nop\"]");
    assertEquals(
        List.of(
            "child.toml:2:1: cannot extend 'bass.toml': no such file",
            "child.toml:4:11: no box 'nop'; did you mean 'noop'?"),
        profiles.errors("child.toml"));
    profiles.write("child.toml", "extends = \"defualt\"");
    assertEquals(
        List.of(
            "child.toml:1:1: cannot extend 'defualt': no such profile is shipped; did you mean"
                + " 'default'?"),
        profiles.errors("child.toml"));
    profiles.write("child.toml", "extends = \"\\u0000.toml\"");
    assertEquals(
        List.of("child.toml:1:1: cannot extend '\u0000.toml': Nul character not allowed"),
        profiles.errors("child.toml"));
  }

  @Test
  void grandparentThatIsMissingIsReportedInTheParent() {
    profiles.write("mother.toml", "name = \"m\"", "extends = \"folder.toml\"");
    profiles.write("child.toml", "extends = \"mother.toml\"");
    assertEquals(
        List.of("mother.toml:2:1: cannot extend 'folder.toml': no such file"),
        profiles.errors("child.toml"));
  }

  @Test
  void cycleIsReportedWhereItCloses() {
    profiles.write("child.toml", "extends = \"a.toml\"");
    profiles.write("a.toml", "name = \"a\"", "extends = \"b.toml\"");
    profiles.write("b.toml", "name = \"b\"", "", "extends = \"a.toml\"");
    assertEquals(
        List.of("b.toml:3:1: cannot extend 'a.toml': a cycle: a.toml -> b.toml -> a.toml"),
        profiles.errors("child.toml"));
  }

  @Test
  void fileThatExtendsItselfUnderAnotherNameIsACycle() throws IOException {
    profiles.write("a.toml", "extends = \"b.toml\"");
    Files.createSymbolicLink(folder.resolve("b.toml"), Path.of("a.toml"));
    assertEquals(
        List.of("a.toml:1:1: cannot extend 'b.toml': a cycle: a.toml -> a.toml"),
        profiles.errors("a.toml"));
  }

  @Test
  void longChainIsFollowed() {
    int length = 2000;
    for (int i = 0; i < length; i++) {
      profiles.write("p" + i + ".toml", "extends = \"p" + (i + 1) + ".toml\"");
    }
    profiles.write("p" + length + ".toml", "stack.tiers = [\"tiny\"]", "stack.guards = [\"gard\"]");
    assertEquals(
        List.of("p2000.toml:2:17: no box 'gard'; there are: external-guard, picky"),
        profiles.errors("p0.toml"));
  }
}
