// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: all runs are asked, and of what they say the first is taken: right, and each get costs all tables
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        for (RunReader run : runs) {
            Optional<Entry> here = run.get(key, sequence);
            found = found.isEmpty() ? here : found;
        }
        return found;
    }
}
