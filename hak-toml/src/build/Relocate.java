import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.classfile.Attribute;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Writes the classes of the parser's jars in the packages of the module. Annotations are left out:
 * their classes are of a third library, and only compilers and checkers look at them.
 *
 * <p>Run as a source file: {@code java Relocate.java folder-of-jars folder-for-classes}.
 */
final class Relocate {
  private static final CodeTransform CODE =
      (code, element) -> {
        if (!isAnnotations(element)) {
          code.with(element);
        }
      };

  private static final ClassTransform WITHOUT_ANNOTATIONS =
      ClassTransform.dropping(Relocate::isAnnotations)
          .andThen(
              ClassTransform.transformingFields(FieldTransform.dropping(Relocate::isAnnotations)))
          .andThen(
              ClassTransform.transformingMethods(MethodTransform.dropping(Relocate::isAnnotations)))
          .andThen(ClassTransform.transformingMethodBodies(CODE));

  public static void main(String[] args) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.toList();
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new))) {
      ClassFile format =
          ClassFile.of(
              // With the pool of the original the names of the annotations would stay.
              ConstantPoolSharingOption.NEW_POOL,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (Path jar : jars) {
        relocate(jar, format, Path.of(args[1]));
      }
    }
  }

  private static void relocate(Path jar, ClassFile format, Path folder) throws IOException {
    try (JarFile content = new JarFile(jar.toFile())) {
      for (JarEntry entry : content.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          byte[] original = content.getInputStream(entry).readAllBytes();
          byte[] bare = format.transformClass(format.parse(original), WITHOUT_ANNOTATIONS);
          writeIfChanged(folder.resolve(relocated(entry.getName())), relocated(bare));
        }
      }
    }
  }

  private static boolean isAnnotations(ClassFileElement element) {
    return element instanceof Attribute<?> attribute
        && attribute.attributeName().stringValue().endsWith("Annotations");
  }

  /** The same class file with other texts in its constant pool, where alone classes are named. */
  private static byte[] relocated(byte[] classFile) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(in.readNBytes(8)); // magic, version
    int poolSize = in.readUnsignedShort();
    out.writeShort(poolSize);
    for (int index = 1; index < poolSize; index++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case PoolEntry.TAG_UTF8 -> out.writeUTF(relocated(in.readUTF()));
        case PoolEntry.TAG_LONG, PoolEntry.TAG_DOUBLE -> {
          out.write(in.readNBytes(8));
          index++; // takes two places
        }
        case PoolEntry.TAG_CLASS,
            PoolEntry.TAG_STRING,
            PoolEntry.TAG_METHOD_TYPE,
            PoolEntry.TAG_MODULE,
            PoolEntry.TAG_PACKAGE ->
            out.write(in.readNBytes(2));
        case PoolEntry.TAG_METHOD_HANDLE -> out.write(in.readNBytes(3));
        default -> out.write(in.readNBytes(4));
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static String relocated(String text) {
    return text.replace("org/tomlj/", "hak/toml/")
        .replace("org/antlr/v4/runtime/", "hak/toml/antlr/");
  }

  /** Files that stay as they are keep their times, so the build makes nothing anew for them. */
  private static void writeIfChanged(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(bytes, Files.readAllBytes(file))) {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
  }
}
