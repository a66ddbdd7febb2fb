/**
 * Learners: from what is measured to what a stack is set to. The algorithms know nothing of
 * allocators; none reads a clock, and those that draw are given what they draw from.
 */
module hak.learn {
  exports hak.learn;
  exports hak.learn.cache;
  exports hak.learn.pattern;
}
