package storagelab.mvcc;

import storagelab.api.Metric;

/** What transactions count. */
public final class TransactionMetrics {
    /** Transactions that began. */
    public static final Metric BEGUN = Metric.counter("transactions-begun", "transactions", "Transactions begun.");

    /** Transactions that committed. */
    public static final Metric COMMITTED =
            Metric.counter("transactions-committed", "transactions", "Transactions committed.");

    /** Transactions that were not allowed to commit. */
    public static final Metric CONFLICTS =
            Metric.counter("transaction-conflicts", "transactions", "Transactions refused because of a conflict.");

    private TransactionMetrics() {}
}
