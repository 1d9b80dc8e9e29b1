// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: caught
// because: the table that does not end before the key is asked, though it begins behind it
final class RunReader {
    Optional<Entry> get(Slice userKey, long sequence) {
        int index = firstNotBefore(userKey);
        if (index == largest.length) {
            return Optional.empty();
        }
        Optional<Entry> found = table(index).get(userKey, sequence);
        while (found.isEmpty() && ++index < smallest.length && smallest[index].equals(userKey)) {
            found = table(index).get(userKey, sequence);
        }
        return found;
    }
}
