package hak.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private static Ledger committing(long bytes) {
    return new Ledger(64_000, 1_536, 8_192, 64, 1_000_000, 0, 4_096, bytes, 900_000, 1_200);
  }

  @Test
  void readsAsTheEquationItHolds() {
    Ledger ledger = committing(1_077_888);
    assertTrue(ledger.isBalanced());
    assertEquals(
        "committed 1,077,888 B = live 64,000 (1,200 blocks) + slack 1,536 + cached 8,192 + remote"
            + " 64 + free 1,000,000 + purged 0 + metadata 4,096; resident 900,000",
        ledger.toString());
  }

  @Test
  void saysWhenTheEquationDoesNotHold() {
    Ledger ledger = committing(1_077_889);
    assertFalse(ledger.isBalanced());
    assertTrue(ledger.toString().startsWith("committed 1,077,889 B != live "), ledger.toString());
  }
}
