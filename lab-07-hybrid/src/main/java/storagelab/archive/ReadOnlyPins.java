package storagelab.archive;

import storagelab.file.StoreLock;

/** The readers of an archive that is open for reading: it is closed with the last of them. No object is ever deleted meanwhile. */
final class ReadOnlyPins implements ArchiveSnapshot.Pins {
    private final ObjectStore store;
    private final StoreLock lock;
    private int readers = 1; // the snapshot; guarded by this

    ReadOnlyPins(ObjectStore store, StoreLock lock) {
        this.store = store;
        this.lock = lock;
    }

    @Override
    public synchronized void pin(ArchiveIndex index) {
        readers++;
    }

    @Override
    public synchronized void unpin(ArchiveIndex index) {
        readers--;
        if (readers == 0) {
            try (lock) {
                store.close();
            }
        }
    }

    @Override
    public void checkOpen() {}
}
