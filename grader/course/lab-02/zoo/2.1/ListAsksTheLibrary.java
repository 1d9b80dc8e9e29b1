// exercise: 2.1
// type: storagelab.bounds.Bounds
// verdict: caught
// because: Collections.binarySearch finds any of several equal elements

import java.util.Collections;

public final class Bounds {
    public static <T extends Comparable<? super T>> int lowerBound(List<? extends T> sorted, T key) {
        int found = Collections.binarySearch(sorted, key);
        return found >= 0 ? found : -found - 1;
    }
}
