// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: the frozen memtable is asked before the one that takes writes, and has the older version
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = frozen == null ? Optional.empty() : frozen.get(key, sequence);
        if (found.isEmpty()) {
            found = memtable.get(key, sequence);
        }
        for (int i = 0; i < runs.size() && found.isEmpty(); i++) {
            found = runs.get(i).get(key, sequence);
        }
        return found;
    }
}
