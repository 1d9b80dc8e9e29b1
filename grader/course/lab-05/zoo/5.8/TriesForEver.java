// exercise: 5.8
// type: storagelab.lsm.LsmStore
// verdict: caught
// because: a get whose table cannot be read tries again although nothing has changed, for ever
public final class LsmStore implements SnapshotStore {
    Optional<Slice> get(Slice key, @Nullable Long sequence) {
        while (true) {
            ReadState seen = tree.state();
            long asOf = sequence == null ? versions.lastSequence() : sequence;
            try {
                return seen.get(key, asOf).filter(entry -> !entry.tombstone()).map(Entry::value);
            } catch (StorageException e) {
                checkOpen();
            }
        }
    }
}
