// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: the memtable that is being flushed is not asked: its writes are gone until the flush is done
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        for (int i = 0; i < runs.size() && found.isEmpty(); i++) {
            found = runs.get(i).get(key, sequence);
        }
        return found;
    }
}
