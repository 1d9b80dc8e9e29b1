// exercise: 5.8
// type: storagelab.lsm.LsmStore
// verdict: caught
// because: a get that is under way when the store is closed reports a file that cannot be read
public final class LsmStore implements SnapshotStore {
    Optional<Slice> get(Slice key, @Nullable Long sequence) {
        while (true) {
            ReadState seen = tree.state();
            long asOf = sequence == null ? versions.lastSequence() : sequence;
            try {
                return seen.get(key, asOf).filter(entry -> !entry.tombstone()).map(Entry::value);
            } catch (StorageException e) {
                if (seen == tree.state()) {
                    throw e;
                }
            }
        }
    }
}
