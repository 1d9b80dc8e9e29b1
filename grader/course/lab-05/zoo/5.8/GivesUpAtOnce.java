// exercise: 5.8
// type: storagelab.lsm.LsmStore
// verdict: caught
// because: a table that a merge has deleted under the hands of a get is an error for its caller
public final class LsmStore implements StorageEngine {
    Optional<Slice> get(Slice key, @Nullable Long sequence) {
        ReadState seen = tree.state();
        long asOf = sequence == null ? versions.lastSequence() : sequence;
        try {
            return seen.get(key, asOf).filter(entry -> !entry.tombstone()).map(Entry::value);
        } catch (StorageException e) {
            checkOpen();
            throw e;
        }
    }
}
