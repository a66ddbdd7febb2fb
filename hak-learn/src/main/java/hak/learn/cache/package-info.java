/**
 * The capacity of thread caches, learned: {@link hak.learn.cache.CacheShadow} counts what other
 * capacities would have done, {@link hak.learn.cache.CacheCosts} says what that takes, {@link
 * hak.learn.cache.CapacityPlan} divides a budget of bytes among size classes, {@link
 * hak.learn.cache.CapacityLearner} chooses one capacity for all, window by window. Everybody may
 * call them.
 */
package hak.learn.cache;
