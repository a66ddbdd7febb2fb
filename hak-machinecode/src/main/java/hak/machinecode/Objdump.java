package hak.machinecode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Disassembles bytes that a JVM printed, with objdump, and puts the JVM's annotations at the
 * instructions they are of.
 *
 * <p>Without a disassembler the JVM does not know where instructions begin: it looks at 4 bytes at
 * a time. The annotations in front of the bytes from p on belong to relocations in [p, p + 4), and
 * to debug information in (p, p + 4], which is recorded at the end of its instruction.
 */
final class Objdump {
  private static final int WINDOW_BYTES = 4;
  private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t(\\S.*)");

  private Objdump() {}

  static boolean isInstalled() {
    return SearchPath.of("PATH").stream()
        .anyMatch(folder -> Files.isExecutable(folder.resolve("objdump")));
  }

  /** The main part of a method that was printed as bytes. */
  static List<Instruction> disassemble(PrintedMethod method)
      throws IOException, InterruptedException {
    List<Instruction> instructions = instructions(run(mainBytes(method), method.entry()));
    for (PrintedMethod.Line line : method.lines()) {
      if (!line.comments().isEmpty()) {
        annotate(instructions, method.mainEnd(), line.address(), Annotation.parse(line.comments()));
      }
    }
    return instructions;
  }

  private static byte[] mainBytes(PrintedMethod method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (PrintedMethod.Line line : method.lines()) {
      if (!line.text().isEmpty()
          && line.address() >= method.entry()
          && line.address() < method.mainEnd()) {
        bytes.writeBytes(HexFormat.of().parseHex(line.text().replaceAll("[ |]", "")));
      }
    }
    int length = Math.toIntExact(Math.min(bytes.size(), method.mainEnd() - method.entry()));
    return Arrays.copyOf(bytes.toByteArray(), length);
  }

  private static List<String> run(byte[] code, long address)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("hak-asm", ".bin");
    try {
      Files.write(file, code);
      boolean arm = System.getProperty("os.arch").equals("aarch64");
      List<String> command =
          new ArrayList<>(List.of("objdump", "-D", "-b", "binary", "--no-show-raw-insn"));
      command.addAll(arm ? List.of("-m", "aarch64") : List.of("-m", "i386:x86-64", "-M", "intel"));
      command.add("--adjust-vma=0x" + Long.toHexString(address));
      command.add(file.toString());
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> output;
      try (var reader = process.inputReader()) {
        output = reader.lines().toList();
      }
      if (process.waitFor() != 0) {
        throw new IOException("objdump failed: " + String.join(" ", output));
      }
      return output;
    } finally {
      Files.delete(file);
    }
  }

  /** Reads what objdump prints; annotations are empty. */
  static List<Instruction> instructions(List<String> output) {
    List<Instruction> instructions = new ArrayList<>();
    for (String line : output) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        String text = matcher.group(2).replaceAll("\\s+(#|//) .*", "").replace('\t', ' ').strip();
        instructions.add(
            new Instruction(Long.parseUnsignedLong(matcher.group(1), 16), text, Annotation.NONE));
      }
    }
    return instructions;
  }

  /**
   * Puts what was printed in front of the bytes from {@code place} on at its instructions.
   *
   * @param codeEnd where the last instruction ends
   */
  static void annotate(
      List<Instruction> instructions, long codeEnd, long place, Annotation annotation) {
    if (annotation.hasSource()) {
      int index = endingIn(instructions, codeEnd, place, annotation.bytecode());
      if (index >= 0) {
        add(
            instructions,
            index,
            new Annotation(List.of(), annotation.bytecode(), annotation.frames()));
      }
    }
    for (String note : annotation.notes()) {
      int index = startingIn(instructions, place, note);
      if (index >= 0) {
        add(instructions, index, new Annotation(List.of(note), "", List.of()));
      }
    }
  }

  private static void add(List<Instruction> instructions, int index, Annotation annotation) {
    instructions.set(index, instructions.get(index).with(annotation));
  }

  /** The first instruction that ends in the window; of several the one that the bytecode fits. */
  private static int endingIn(
      List<Instruction> instructions, long codeEnd, long place, String bytecode) {
    int first = -1;
    for (int i = 0; i < instructions.size(); i++) {
      long end = i + 1 < instructions.size() ? instructions.get(i + 1).address() : codeEnd;
      if (end > place && end <= place + WINDOW_BYTES) {
        if (first < 0) {
          first = i;
        }
        if (fits(instructions.get(i), bytecode)) {
          return i;
        }
      }
    }
    return first;
  }

  private static boolean fits(Instruction instruction, String bytecode) {
    return (bytecode.startsWith("if") && instruction.isBranch())
        || (bytecode.startsWith("invoke") && instruction.isCall())
        || (bytecode.endsWith("Unaligned") && instruction.accessesMemory());
  }

  /**
   * The first instruction that begins in the window or reaches into it; of several the one that the
   * note fits.
   */
  private static int startingIn(List<Instruction> instructions, long place, String note) {
    int first = -1;
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (instruction.address() >= place + WINDOW_BYTES) {
        break;
      }
      if (instruction.address() <= place) {
        first = i;
      } else if ((note.contains("call") && (instruction.isCall() || instruction.isJump()))
          || (note.contains("oop(") && instruction.text().startsWith("mov"))) {
        return i;
      }
    }
    return first;
  }
}
