package storagelab.sortedlog;

import java.io.Closeable;

/** Decides when and on which thread full memtables are written out. */
public interface Maintenance extends Closeable {
    void beforeWrite();

    void awaitRoom();

    void submit(FrozenMemtable frozen);

    void drain();

    @Override
    void close();
}
