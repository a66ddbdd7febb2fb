package hak.core.specialise;

import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The static final fields that are added to the class of a stack: one for each box that its
 * written-out methods call. The value comes out of the class data, by {@link
 * StackSpecialiser#constant}.
 */
final class BoxConstants {
  private static final ClassDesc CD_SPECIALISER =
      StackSpecialiser.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc LOOKUP = MethodTypeDesc.of(CD_MethodHandles_Lookup);
  private static final MethodTypeDesc CONSTANT =
      MethodTypeDesc.of(CD_Object, CD_MethodHandles_Lookup, CD_int);

  private final ClassDesc owner;
  private final List<Constant> all = new ArrayList<>();

  private record Constant(String name, ClassDesc type, Object value) {}

  /** None yet, of the class of that name. */
  BoxConstants(ClassDesc owner) {
    this.owner = owner;
  }

  /** Their values, in the order in which they were first loaded. */
  List<Object> values() {
    return all.stream().map(Constant::value).toList();
  }

  /**
   * Loads a box, which is one of them from now on.
   *
   * @param type of the field: what the box is called through
   */
  @SuppressWarnings("ReferenceEquality") // boxes are records: two of a kind may be equal
  CodeBuilder load(CodeBuilder code, ClassDesc type, Object box) {
    Constant constant =
        all.stream()
            .filter(known -> known.value() == box && known.type().equals(type))
            .findFirst()
            .orElseGet(() -> add(new Constant("BOX_" + all.size(), type, box)));
    return code.getstatic(owner, constant.name(), type);
  }

  private Constant add(Constant constant) {
    all.add(constant);
    return constant;
  }

  /** Adds the fields. */
  void declare(ClassBuilder builder) {
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
    all.forEach(constant -> builder.withField(constant.name(), constant.type(), flags));
  }

  /** Writes what sets the fields: the begin of the class's initialiser. */
  void initialise(CodeBuilder code) {
    for (int i = 0; i < all.size(); i++) {
      Constant constant = all.get(i);
      code.invokestatic(CD_MethodHandles, "lookup", LOOKUP).loadConstant(i);
      code.invokestatic(CD_SPECIALISER, "constant", CONSTANT);
      code.checkcast(constant.type()).putstatic(owner, constant.name(), constant.type());
    }
  }
}
