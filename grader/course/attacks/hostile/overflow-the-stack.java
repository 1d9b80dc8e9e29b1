// tries: calls itself without end
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: judge
// verdict: failed
// says: StackOverflowError

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        return indexOf(sorted, target + 1) + 1;
    }
}
