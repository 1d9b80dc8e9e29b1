// tries: recursion, one call for each halving, with a thousand calls more
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        return search(sorted, target, 0, sorted.length(), 1_000);
    }

    private static int search(IntSequence sorted, int target, int low, int high, int spare) {
        if (spare > 0) {
            return search(sorted, target, low, high, spare - 1);
        }
        if (low >= high) {
            return -1;
        }
        int middle = low + (high - low) / 2;
        int element = sorted.get(middle);
        if (element == target) {
            return middle;
        }
        return element < target ? search(sorted, target, middle + 1, high, 0) : search(sorted, target, low, middle, 0);
    }
}
