// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: caught
// because: goes from table to table instead of halving, by their first keys: a get in a run of a thousand tables looks at all of them
final class RunReader {
    Optional<Entry> get(Slice userKey, long sequence) {
        for (int i = 0; i < smallest.length && smallest[i].compareTo(userKey) <= 0; i++) {
            if (largest[i].compareTo(userKey) >= 0) {
                Optional<Entry> found = table(i).get(userKey, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
