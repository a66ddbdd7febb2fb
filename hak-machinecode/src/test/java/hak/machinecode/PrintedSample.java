package hak.machinecode;

import java.util.List;

/** One small method as a JVM prints it, in both forms; made after real output. */
final class PrintedSample {
  static final long ENTRY = 0x7f0000001000L;

  private static final String HEADER =
      """
      hak-base 139637976727552
      Compiled method (c1) 290  931       3       hak.core.specialise.StackTemplate/0x0000000088069000::malloc (56 bytes)
       main code      [0x00007f0000000100,0x00007f0000000110] = 16
      [Disassembly]
      [Verified Entry Point]
        0x00007f0000000100:   ret
      [/Disassembly]

      Compiled method (c2) 291  948       4       hak.core.specialise.StackTemplate/0x0000000088069000::malloc (56 bytes)
       total in heap  [0x00007f0000000f00,0x00007f0000001100] = 512
       main code      [0x00007f0000000ff8,0x00007f000000102d] = 53
       stub code      [0x00007f000000102d,0x00007f0000001040] = 19
      """;

  /** With a disassembler. */
  static List<String> disassembled() {
    return (HEADER
            + """
            [Disassembly]
            [Instructions begin]
            [Entry Point]
              # {method} {0x00007f5ba847cb08} 'malloc' '(J)J' in 'hak/core/specialise/StackTemplate+0x0000000088069000'
              # parm0:    rdx:rdx   = long
              0x00007f0000000ff8:   cmp    r10d,DWORD PTR [rax+0x8]
              0x00007f0000000ffc:   jne    0x7f0000009000               ;   {runtime_call Shared Runtime ic_miss_blob}
            [Verified Entry Point]
              0x00007f0000001000:   push   rbp
              0x00007f0000001001:   sub    rsp,0x20                     ;*synchronization entry
                                                                        ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@-1 (line 39)
              0x00007f0000001005:   cmp    rdx,0x400
              0x00007f000000100c:   ja     0x7f0000001023               ;*ifgt {reexecute=0 rethrow=0 return_oop=0}
                                                                        ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@7 (line 39)
              0x00007f0000001012:   mov    r11,QWORD PTR [r15+0x468]    ;*invokestatic currentThread {reexecute=0 rethrow=0 return_oop=0}
                                                                        ; - hak.core.OwnerTable::heapOfCurrentThread@0 (line 38)
                                                                        ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@13 (line 40)
              0x00007f0000001019:   mov    rax,QWORD PTR [r11+0x18]     ;*getfield tid {reexecute=0 rethrow=0 return_oop=0}
                                                                        ; - java.lang.Thread::threadId@1 (line 2294)
                                                                        ; - hak.core.OwnerTable::heapOfCurrentThread@3 (line 38)
                                                                        ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@13 (line 40)
              0x00007f000000101d:   add    rsp,0x20
              0x00007f0000001021:   pop    rbp
              0x00007f0000001022:   ret
              0x00007f0000001023:   mov    esi,0xffffff45
              0x00007f0000001028:   call   0x7f0000002000               ; ImmutableOopMap {}
                                                                        ;*ifgt {reexecute=1 rethrow=0 return_oop=0}
                                                                        ; - (reexecute) hak.core.specialise.StackTemplate/0x0000000088069000::malloc@7 (line 39)
                                                                        ;   {runtime_call UncommonTrapBlob}
            [Stub Code]
              0x00007f0000001030:   jmp    0x7f0000001030
            [/Disassembly]
            """)
        .lines()
        .toList();
  }

  /** Without one. */
  static List<String> bytes() {
    return (HEADER
            + """
            [MachCode]
            [Instructions begin]
              0x00007f0000000ff8: 443b 5008\s

              0x00007f0000000ffc: ;   {runtime_call Shared Runtime ic_miss_blob}
              0x00007f0000000ffc: 0f85 0000\s
            [Verified Entry Point]
              0x00007f0000001000: 5548 83ec\s

              0x00007f0000001004: ;*synchronization entry
                                  ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@-1 (line 39)
              0x00007f0000001004: 2048 81fa | 0004 0000 | 0f87 1100\s

              0x00007f0000001010: ;*ifgt {reexecute=0 rethrow=0 return_oop=0}
                                  ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@7 (line 39)
              0x00007f0000001010: 0000 4d8b | 9f68 0400\s

              0x00007f0000001018: ;*invokestatic currentThread {reexecute=0 rethrow=0 return_oop=0}
                                  ; - hak.core.OwnerTable::heapOfCurrentThread@0 (line 38)
                                  ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@13 (line 40)
              0x00007f0000001018: 0049 8b43\s

              0x00007f000000101c: ;*getfield tid {reexecute=0 rethrow=0 return_oop=0}
                                  ; - java.lang.Thread::threadId@1 (line 2294)
                                  ; - hak.core.OwnerTable::heapOfCurrentThread@3 (line 38)
                                  ; - hak.core.specialise.StackTemplate/0x0000000088069000::malloc@13 (line 40)
              0x00007f000000101c: 1848 83c4 | 205d c3be | 45ff ffff\s

              0x00007f0000001028: ;   {runtime_call UncommonTrapBlob}
              0x00007f0000001028: e8d3 0f00\s

              0x00007f000000102c: ; ImmutableOopMap {}
                                  ;*ifgt {reexecute=1 rethrow=0 return_oop=0}
                                  ; - (reexecute) hak.core.specialise.StackTemplate/0x0000000088069000::malloc@7 (line 39)
              0x00007f000000102c: 00\s
            [Stub Code]
              0x00007f000000102d: f4f4 f4f4\s
            [/MachCode]
            """)
        .lines()
        .toList();
  }

  /** The C2 version in one of the forms. */
  static PrintedMethod c2(List<String> output) {
    return PrintedCode.parse(output).getLast();
  }

  private PrintedSample() {}
}
