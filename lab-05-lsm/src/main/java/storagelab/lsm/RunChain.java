package storagelab.lsm;

import storagelab.api.Slice;
import storagelab.manifest.SortedRun;
import storagelab.table.ChainedCursor;
import storagelab.table.InternalCursor;

/**
 * The tables of a run, which are disjoint and in order.
 *
 * @param tables that are open
 * @param run which tables they are
 */
record RunChain(OpenTables tables, SortedRun run) implements ChainedCursor.Chain {
    @Override
    public int count() {
        return run.files().size();
    }

    @Override
    public int find(Slice internalKey) {
        return run.firstNotBefore(internalKey);
    }

    @Override
    public InternalCursor open(int index) {
        return tables.get(run.files().get(index)).cursor();
    }
}
