// tries: a helper in a package of its own at the top
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
            int middle = util.Bits.middle(low, high);
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
// file: src/main/java/util/Bits.java
package util;

public final class Bits {
    private Bits() {}

    public static int middle(int low, int high) {
        return (low + high) >>> 1;
    }
}
