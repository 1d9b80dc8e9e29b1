// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: accepted
// because: the search is the library's, among largest keys, and the tables that begin with the key are found one by one from there
import java.util.Arrays;
import java.util.stream.IntStream;

final class RunReader {
    Optional<Entry> get(Slice userKey, long sequence) {
        return IntStream.range(firstNotBefore(userKey), largest.length)
                .takeWhile(index -> smallest[index].compareTo(userKey) <= 0)
                .mapToObj(index -> table(index).get(userKey, sequence))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private int firstNotBefore(Slice userKey) {
        int found = Arrays.binarySearch(largest, userKey);
        while (found > 0 && largest[found - 1].equals(userKey)) {
            found--; // of tables that end with the key, the first
        }
        return found < 0 ? -1 - found : found;
    }
}
