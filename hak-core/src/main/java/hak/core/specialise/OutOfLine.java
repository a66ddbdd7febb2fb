package hak.core.specialise;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of {@link StackTemplate} that the JIT compiler shall not inline into callers.
 *
 * <p>Why: C2 stops inlining once a compilation has made 18,000 nodes ({@code
 * NodeCountInliningCutoff}). What it has not inlined by then stays a call, and in a large caller
 * that hit single field accesses in the middle of the hot path. Keeping the rarer paths out of line
 * leaves the budget to the common one.
 *
 * <p>How: C2 never inlines a method of more than 325 bytes ({@code FreqInlineSize}), so {@link
 * StackSpecialiser} puts that many {@code nop} in front; they leave no trace in the machine code.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface OutOfLine {}
