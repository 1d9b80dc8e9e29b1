// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: the runs are asked from the oldest to the newest: an old value hides the new one
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        for (int i = runs.size() - 1; i >= 0 && found.isEmpty(); i--) {
            found = runs.get(i).get(key, sequence);
        }
        return found;
    }
}
