package storagelab.query.plan;

/** Counts what one operator does. One thread. */
final class WorkCounter {
    long seeks;
    long rows;
    long fetches;
    long entries;
    long filters;
    long comparisons;
    long hashes;

    Work toWork() {
        return new Work(seeks, rows, fetches, entries, filters, comparisons, hashes);
    }
}
