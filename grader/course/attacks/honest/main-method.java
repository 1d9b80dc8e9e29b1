// tries: has a main method to try it out
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
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

    static void main(String[] arguments) {
        System.out.println(indexOf(IntSequence.of(1, 2, 3), 2));
    }
}
