/**
 * What a stack is set to while it runs: every decision passes {@code Policies}, and {@code
 * Learning} calls the learners that make them, window by window.
 */
package hak.core.policy;
