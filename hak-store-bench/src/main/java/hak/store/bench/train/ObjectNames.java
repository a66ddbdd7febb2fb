package hak.store.bench.train;

/**
 * The names of the objects that an exchange goes through: for each worker one with what it sends
 * and one with what it gets back, which is the average. All averages of one exchange are equal; one
 * for each worker makes it the load of the system that this comes from.
 *
 * @param prefix of all of them
 */
record ObjectNames(String prefix) {
  /** Objects of one exchange for each worker. */
  static final int PER_WORKER = 2;

  String sent(int sync, int worker) {
    return prefix + sync + "/sent/" + worker;
  }

  String average(int sync, int worker) {
    return prefix + sync + "/average/" + worker;
  }
}
