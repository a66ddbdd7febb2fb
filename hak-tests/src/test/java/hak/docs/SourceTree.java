package hak.docs;

import static java.util.stream.Collectors.toCollection;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the Java sources of the project declare, those of tests and of the modules outside of the
 * build included. They are parsed and not compiled, so nothing has to be built.
 */
final class SourceTree {
  private final Map<String, List<SourceType>> types = new TreeMap<>();
  private final Map<String, SourceRoom> modules = new TreeMap<>();
  private final Map<String, SourceRoom> packages = new TreeMap<>();
  private final Map<String, Set<User>> users = new HashMap<>();
  private final Set<String> identifiers = new HashSet<>();
  private final Set<String> literals = new HashSet<>();
  private final Set<String> testLiterals = new HashSet<>();
  private final Map<String, ModuleTree> descriptors = new TreeMap<>();

  /** Where something of a package is imported. */
  private record User(Path sources, String packageName) {}

  private SourceTree() {}

  /** Of all modules below a folder. */
  static SourceTree below(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(file -> isSource(root.relativize(file))).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SourceTree tree = new SourceTree();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        tree.new Reader(docs).scan(unit, null);
      }
    }
    return tree;
  }

  /** Sources are below {@code src}, not among what the build or a tool left. */
  private static boolean isSource(Path file) {
    String name = file.toString();
    return name.endsWith(".java") && name.startsWith("hak-") && name.contains("/src/");
  }

  /** The types of this name, in any package or type. */
  List<SourceType> types(String simpleName) {
    return types.getOrDefault(simpleName, List.of());
  }

  /** Whether this is a module, a package or a type with its package. */
  boolean hasQualified(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return modules.containsKey(name)
        || packages.containsKey(name)
        || types(last).stream().anyMatch(type -> type.name().equals(name));
  }

  /** Whether anything is called so or so used: a method, a field, a parameter, a variable. */
  boolean hasIdentifier(String name) {
    return identifiers.contains(name);
  }

  /** Whether the code has this string; what tests have does not count. */
  boolean hasLiteral(String text) {
    return literals.contains(text);
  }

  /** Whether the code of the tests has this string. */
  boolean hasTestLiteral(String text) {
    return testLiterals.contains(text);
  }

  /** The names of all modules. */
  Set<String> modules() {
    return modules.keySet();
  }

  /** All modules and packages that say something of themselves. */
  List<SourceRoom> rooms() {
    return Stream.of(modules, packages).flatMap(map -> map.values().stream()).toList();
  }

  SourceRoom module(String name) {
    return modules.get(name);
  }

  /** The descriptor of a module. */
  ModuleTree descriptor(String name) {
    return descriptors.get(name);
  }

  /** The packages of a module in alphabetical order. */
  List<SourceRoom> packagesOf(SourceRoom module) {
    return packages.values().stream()
        .filter(room -> room.sources().equals(module.sources()))
        .toList();
  }

  /** The packages of a module in which something of another of its packages is imported. */
  Set<String> users(SourceRoom module, String packageName) {
    return users.getOrDefault(packageName, Set.of()).stream()
        .filter(user -> user.sources().equals(module.sources()))
        .map(User::packageName)
        .filter(user -> !user.equals(packageName))
        .collect(toCollection(TreeSet::new));
  }

  /** Reads one file. */
  private final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final Deque<SourceType> enclosing = new ArrayDeque<>();
    private String packageName = "";

    private Reader(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree unit, Void unused) {
      if (unit.getPackageName() != null) {
        packageName = unit.getPackageName().toString();
      }
      return super.visitCompilationUnit(unit, null);
    }

    @Override
    public Void visitModule(ModuleTree module, Void unused) {
      String name = module.getName().toString();
      modules.put(name, room(name));
      descriptors.put(name, module);
      return null;
    }

    @Override
    public Void visitPackage(PackageTree tree, Void unused) {
      if (docs.getDocComment(getCurrentPath()) != null) {
        packages.put(packageName, room(packageName));
      }
      return null;
    }

    private SourceRoom room(String name) {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      return new SourceRoom(
          name,
          sourcesFolder(),
          Javadoc.inMarkdown(comment.getFirstSentence()),
          Javadoc.inMarkdown(comment.getFullBody()));
    }

    /** {@code hak-core/src/main/java}; the folder itself of what is not below such a one. */
    private Path sourcesFolder() {
      String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
      int end = file.lastIndexOf("/java/");
      return end < 0
          ? Path.of(file).getParent()
          : Path.of(file.substring(0, end + "/java".length()));
    }

    @Override
    public Void visitImport(ImportTree tree, Void unused) {
      String name = tree.getQualifiedIdentifier().toString();
      String type = tree.isStatic() ? name.substring(0, name.lastIndexOf('.')) : name;
      users
          .computeIfAbsent(type.substring(0, type.lastIndexOf('.')), _ -> new HashSet<>())
          .add(new User(sourcesFolder(), packageName));
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      String simpleName = tree.getSimpleName().toString();
      String outer = enclosing.isEmpty() ? packageName : enclosing.peek().name();
      SourceType type = new SourceType(outer + "." + simpleName, new HashSet<>());
      if (!simpleName.isEmpty()) {
        types.computeIfAbsent(simpleName, _ -> new ArrayList<>()).add(type);
        noteMember(simpleName);
      }
      enclosing.push(type);
      super.visitClass(tree, null);
      enclosing.pop();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      noteMember(tree.getName().toString());
      return super.visitMethod(tree, null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      if (parent instanceof ClassTree) {
        noteMember(tree.getName().toString());
      }
      identifiers.add(tree.getName().toString());
      return super.visitVariable(tree, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
      identifiers.add(tree.getIdentifier().toString());
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void unused) {
      if (tree.getValue() instanceof String text) {
        boolean test = sourcesFolder().endsWith("src/test/java");
        (test ? testLiterals : literals).add(text);
      }
      return null;
    }

    private void noteMember(String name) {
      identifiers.add(name);
      if (!enclosing.isEmpty()) {
        enclosing.peek().members().add(name);
      }
    }
  }
}
