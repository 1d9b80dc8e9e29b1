// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: caught
// because: one table of a run is asked, although the run was cut between the versions of the key
final class RunReader {
    Optional<Entry> get(Slice userKey, long sequence) {
        int index = firstNotBefore(userKey);
        if (index == largest.length || smallest[index].compareTo(userKey) > 0) {
            return Optional.empty();
        }
        return table(index).get(userKey, sequence);
    }
}
