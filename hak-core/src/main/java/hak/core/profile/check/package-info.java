/**
 * From a profile to a composition that can be opened: which boxes there are ({@code BoxRegistry}),
 * what is wrong and in which words ({@code Composition}, {@code RegionCheck}), how the region and a
 * thread heap are divided ({@code RegionPlan}, {@code HeapLayout}), who may make system calls
 * ({@code NativeAccess}). Maps nothing. {@code Hak} and {@code hak.core.open} call in here.
 */
package hak.core.profile.check;
