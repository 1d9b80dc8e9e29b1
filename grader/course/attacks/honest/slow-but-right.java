// tries: computes for a while at each call
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        long sum = target;
        for (int i = 0; i < 2_000; i++) {
            sum = sum * 31 + i;
        }
        if (sum == 42) {
            System.out.println(sum);
        }
        int low = 0;
        int high = sorted.length();
        while (low < high) {
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
