// tries: prints a line in each round
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        System.out.println("searching " + target);
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            System.out.println(low + " " + high);
            System.err.println(low);
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
