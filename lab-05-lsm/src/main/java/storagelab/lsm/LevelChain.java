package storagelab.lsm;

import storagelab.api.Slice;
import storagelab.manifest.Version;
import storagelab.table.ChainedCursor;
import storagelab.table.InternalCursor;

/**
 * The tables of a level other than 0, which are disjoint and in order.
 *
 * @param tables that are open
 * @param version which tables there are
 * @param level of which
 */
record LevelChain(OpenTables tables, Version version, int level) implements ChainedCursor.Chain {
    @Override
    public int count() {
        return version.files(level).size();
    }

    @Override
    public int find(Slice internalKey) {
        return version.firstNotBefore(level, internalKey);
    }

    @Override
    public InternalCursor open(int index) {
        return tables.get(version.files(level).get(index)).cursor();
    }
}
