package hak.store.bench.churn;

/**
 * What a {@link ChurnMain worker} is to do.
 *
 * @param path the store
 * @param prefix what the names of its episodes begin with, before its number
 * @param worker its number, from 0
 * @param budgetBytes how much it may hold
 * @param plan of all workers
 */
record ChurnOrder(String path, String prefix, int worker, long budgetBytes, ChurnPlan plan) {}
