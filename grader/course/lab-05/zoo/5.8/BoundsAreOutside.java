// exercise: 5.8
// type: storagelab.lsm.RunReader
// verdict: caught
// because: the largest key of a table is taken for the first that is not in it
final class RunReader {
    private int firstNotBefore(Slice userKey) {
        int low = 0;
        int high = largest.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (largest[middle].compareTo(userKey) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
