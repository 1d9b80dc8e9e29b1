// exercise: 5.8
// type: storagelab.lsm.ReadState
// verdict: caught
// because: of each level but 0 only the newest run is asked
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        for (int i = 0; i < runs.size() && found.isEmpty(); i++) {
            int level = version.runs().get(i).level();
            if (level == 0 || i == 0 || version.runs().get(i - 1).level() != level) {
                found = runs.get(i).get(key, sequence);
            }
        }
        return found;
    }
}
