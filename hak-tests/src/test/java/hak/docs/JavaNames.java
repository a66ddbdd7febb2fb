package hak.docs;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of classes and of what is in them: of the project, of the JDK's {@code java.base}, or of
 * the document itself, where it shows a class.
 */
final class JavaNames {
  /**
   * A capital and a small letter: {@code TlsSll}, {@code TlsSll.pop}; not {@code NO_COLOR}, and
   * neither a file nor an option of the JVM.
   */
  private static final Pattern CLASS =
      Pattern.compile(
          "(?<![\\w./$@%:+<-])(?:[a-z]\\w*\\.)*([A-Z]\\w*?[a-z]\\w*)"
              + "((?:\\.(?!java\\b|md\\b|class\\b)\\w+)*)(?![\\w/-])");

  /** Of a class whose name needs no backticks to be known as one. */
  private static final Pattern TWO_HUMPS = Pattern.compile("[A-Z][a-z0-9]+[A-Z]\\w*");

  /** In prose a class is known by its last word. */
  private static final Pattern THROWABLE = Pattern.compile("\\b[A-Z]\\w+(?:Exception|Error)\\b");

  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

  private final SourceTree sources;
  private final Map<String, List<String>> jdk;

  JavaNames(SourceTree sources) throws IOException {
    this.sources = sources;
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base");
    try (Stream<Path> files = Files.walk(base.resolve("java"))) {
      jdk =
          files
              .map(file -> base.relativize(file).toString())
              .filter(file -> file.endsWith(".class"))
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .collect(groupingBy(JavaNames::simpleName));
    }
  }

  private static String simpleName(String binaryName) {
    return binaryName.substring(
        Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')) + 1);
  }

  /**
   * All in a piece of code that claim to be a class or a member of one; not one with our packages.
   */
  static List<String> inCode(String code) {
    return CLASS
        .matcher(code)
        .results()
        .filter(match -> !match.group(2).isEmpty() || !match.group().startsWith("hak."))
        .map(JavaNames::claim)
        .toList();
  }

  /** The same in a picture or an example, where other words begin with a capital too. */
  static List<String> inPicture(String picture) {
    return CLASS
        .matcher(picture)
        .results()
        .filter(match -> !match.group(2).isEmpty() || TWO_HUMPS.matcher(match.group(1)).matches())
        .map(JavaNames::claim)
        .toList();
  }

  private static String claim(MatchResult match) {
    return match.group(1) + match.group(2);
  }

  /** The exceptions and errors in a sentence. */
  static List<String> inProse(String prose) {
    return THROWABLE.matcher(prose).results().map(MatchResult::group).toList();
  }

  /** The classes that a piece of code declares. */
  static Stream<String> declaredIn(String code) {
    return DECLARED.matcher(code).results().map(match -> match.group(1));
  }

  /** Whether a claim is true: {@code Class}, {@code Class.member}, {@code Outer.Inner.member}. */
  boolean has(String claim) {
    List<String> parts = List.of(claim.split("\\."));
    return hasInProject(parts) || hasInJdk(parts);
  }

  private boolean hasInProject(List<String> parts) {
    return sources.types(parts.getFirst()).stream().anyMatch(type -> hasMember(type, parts));
  }

  private boolean hasMember(SourceType type, List<String> parts) {
    return parts.size() == 1
        || (type.members().contains(parts.get(1))
            && (parts.size() == 2 || hasInProject(parts.subList(1, parts.size()))));
  }

  private boolean hasInJdk(List<String> parts) {
    return jdk.getOrDefault(parts.getFirst(), List.of()).stream()
        .map(JavaNames::load)
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        .anyMatch(type -> parts.size() == 1 || hasPublic(type, parts.get(1)));
  }

  private static Class<?> load(String jdkClass) {
    try {
      return Class.forName(jdkClass, false, null);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("listed and not there", e);
    }
  }

  private static boolean hasPublic(Class<?> type, String member) {
    return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals(member))
        || Stream.of(type.getFields()).anyMatch(field -> field.getName().equals(member))
        || Stream.of(type.getClasses()).anyMatch(inner -> inner.getSimpleName().equals(member));
  }
}
