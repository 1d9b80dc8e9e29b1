// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: a tombstone does not end the search: what was deleted is found in an older table
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        for (int i = 0; i < runs.size() && found.filter(entry -> !entry.tombstone()).isEmpty(); i++) {
            found = runs.get(i).get(key, sequence);
        }
        return found;
    }
}
