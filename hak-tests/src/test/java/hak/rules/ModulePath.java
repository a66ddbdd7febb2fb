package hak.rules;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The module path of users: every module of the project and what they need, nothing of the tests.
 */
final class ModulePath {
  private static final List<String> FOR_TESTS_ONLY =
      List.of(
          "test-classes",
          "junit",
          "jqwik",
          "opentest4j",
          "apiguardian",
          "surefire",
          "archunit",
          "slf4j");

  private ModulePath() {}

  /** The class path that the build gave to the tests, without what is there for them alone. */
  static String ofUsers() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> FOR_TESTS_ONLY.stream().noneMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
