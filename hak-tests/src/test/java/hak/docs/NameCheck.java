package hak.docs;

import static java.util.stream.Collectors.toSet;

import hak.docs.Document.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds in documents the names of what is not there. What claims to be a name:
 *
 * <pre>
 *   in code of a line                        Class, Class.member, camelCase, method(...), with-hyphens, --option,
 *                                            stack.key, tier.ID.option, [box.ID], caches = [...], folder/of/ours
 *   in blocks of code, and in pictures       TwoHumps, Class.member
 *   there, and behind "$ "                   ./hak command --option
 *   in sentences                             SomeException, SomeError, file.md
 *   anywhere                                 hak.module.or.package, -Dhak.property, HAK_VARIABLE
 *   in links                                 file#section
 * </pre>
 */
final class NameCheck {
  private static final Pattern OURS = Pattern.compile("(?<![\\w./-])hak(?:\\.[A-Za-z]\\w*)+");
  private static final Pattern PROPERTY = Pattern.compile("(?<=-D)hak(?:\\.\\w+)+");
  private static final Pattern VARIABLE = Pattern.compile("\\bHAK_[A-Z_]+\\b");
  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*).*");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])[\\w.-]+(?:/[\\w.-]+)*\\.(?:md|java|py|c)\\b");
  private static final Pattern FOLDER = Pattern.compile("(?:hak-|docs/|build/)[\\w./-]*/[\\w./-]*");
  private static final Pattern HYPHENATED =
      Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?:#\\d+)?");
  private static final Pattern MEMBER =
      Pattern.compile("(?<![\\w.:/-])([a-z]+[A-Z]\\w*|[a-z]\\w*(?=\\())");

  private final SourceTree sources;
  private final JavaNames classes;
  private final CommandNames commands;
  private final String script;
  private final List<Path> files;

  NameCheck(SourceTree sources) throws IOException {
    this.sources = sources;
    classes = new JavaNames(sources);
    commands = new CommandNames(sources);
    script = Files.readString(Project.ROOT.resolve("hak"));
    files = Project.files();
  }

  /** The false names, each with document and line. */
  List<String> wrongIn(Document document) {
    return Stream.of(
            wrongClasses(document),
            wrong(document.spans().stream(), this::members),
            wrong(document.all(), this::qualified),
            wrong(document.all(), text -> without(matches(VARIABLE, text), script::contains)),
            wrong(document.spans().stream(), ProfileNames::wrongIn),
            wrong(document.spans().stream(), this::hyphenated),
            wrong(callers(document), this::calls),
            document.spans().stream().filter(this::isWrongOption).map(NameCheck::placed),
            wrong(
                document.links().stream(),
                link -> leads(document, link) ? List.of() : List.of(link)),
            wrong(
                Stream.of(document.prose(), document.spans()).flatMap(List::stream),
                text -> without(matches(FILE, text), file -> isFile(document, file))),
            wrong(document.spans().stream(), NameCheck::folders))
        .flatMap(wrong -> wrong)
        .map(wrong -> document + ":" + wrong)
        .toList();
  }

  private static Stream<String> wrong(
      Stream<Passage> passages, Function<String, List<String>> wrongIn) {
    return passages.flatMap(passage ->
        wrongIn.apply(passage.text()).stream().map(name -> passage.line() + ": " + name));
  }

  private static String placed(Passage passage) {
    return passage.line() + ": " + passage.text();
  }

  private static List<String> without(List<String> names, Predicate<String> known) {
    return names.stream().filter(known.negate()).toList();
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  /** A document may speak of the classes that it shows. */
  private Stream<String> wrongClasses(Document document) {
    Set<String> shown =
        document.blocks().stream()
            .flatMap(block -> JavaNames.declaredIn(block.text()))
            .collect(toSet());
    Predicate<String> known =
        name -> shown.contains(name) || classes.has(name) || sources.hasLiteral(name);
    return Stream.of(
            wrong(document.spans().stream(), span -> without(JavaNames.inCode(span), known)),
            wrong(document.pictures(), text -> without(JavaNames.inPicture(text), known)),
            wrong(document.prose().stream(), text -> without(JavaNames.inProse(text), known)))
        .flatMap(wrong -> wrong);
  }

  private List<String> members(String span) {
    return without(
        matches(MEMBER, span), name -> sources.hasIdentifier(name) || sources.hasLiteral(name));
  }

  private List<String> qualified(String text) {
    return without(
        Stream.of(OURS, PROPERTY).flatMap(pattern -> matches(pattern, text).stream()).toList(),
        name ->
            sources.hasQualified(name)
                || sources.hasLiteral(name)
                || sources.hasTestLiteral(name)
                || sources.hasLiteral(name.replace('.', '/') + "/")); // the build renames to it
  }

  /** A name with hyphens is that of a box, an option, a command, a module or a value. */
  private List<String> hyphenated(String span) {
    boolean known =
        !HYPHENATED.matcher(span).matches()
            || ProfileNames.has(span)
            || commands.has(span)
            || sources.hasLiteral(span)
            || Files.exists(Project.ROOT.resolve(span));
    return known ? List.of() : List.of(span);
  }

  private static Stream<Passage> callers(Document document) {
    return Stream.concat(document.spans().stream(), document.shellLines());
  }

  private List<String> calls(String line) {
    return CommandNames.callsIn(line).stream()
        .map(commands::wrongIn)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Those of the command the section is about are right, and those the script gives to the JVM. */
  private boolean isWrongOption(Passage span) {
    Matcher option = OPTION.matcher(span.text());
    return option.matches()
        && !commands.hasOption(span.section(), option.group(1))
        && !script.contains(option.group(1));
  }

  private static boolean leads(Document from, String link) {
    if (link.startsWith("https:")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? from.file() : from.file().resolveSibling(parts[0]).normalize();
    return Files.exists(file)
        && (parts.length == 1 || Document.read(file).anchors().contains(parts[1]));
  }

  /** In the folder of the project, beside the document, or anywhere by the end of its path. */
  private boolean isFile(Document document, String name) {
    return Files.exists(Project.ROOT.resolve(name))
        || Files.exists(document.file().resolveSibling(name))
        || files.stream().anyMatch(file -> file.endsWith(name));
  }

  private static List<String> folders(String span) {
    boolean known = !FOLDER.matcher(span).matches() || Files.exists(Project.ROOT.resolve(span));
    return known ? List.of() : List.of(span);
  }
}
