// exercise: 1.1
// type: storagelab.search.BinarySearch
// verdict: caught
// because: low = middle does not throw the middle away, so with two candidates left the loop goes round for ever

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
