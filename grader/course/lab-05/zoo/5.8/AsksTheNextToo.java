// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: caught
// because: when a table has not got the key the next one of the run is asked as well, which cannot have it
final class RunReader {
    Optional<Entry> get(Slice userKey, long sequence) {
        int index = firstNotBefore(userKey);
        if (index == largest.length || smallest[index].compareTo(userKey) > 0) {
            return Optional.empty();
        }
        Optional<Entry> found = table(index).get(userKey, sequence);
        if (found.isEmpty() && index + 1 < largest.length) {
            found = table(index + 1).get(userKey, sequence);
        }
        return found;
    }
}
