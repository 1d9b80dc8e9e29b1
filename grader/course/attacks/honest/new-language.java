// tries: uses records, sealed types, streams, lambdas and pattern matching
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

import java.util.stream.Stream;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        Answer answer = Stream.iterate(new Range(0, sorted.length()), range -> range.next(sorted, target))
                .filter(range -> range.isOver())
                .findFirst()
                .map(range -> range.found() >= 0 ? (Answer) new Found(range.found()) : new Nothing())
                .orElseThrow();
        return answer instanceof Found found ? found.index() : -1;
    }

    private sealed interface Answer permits Found, Nothing {}

    private record Found(int index) implements Answer {}

    private record Nothing() implements Answer {}

    private record Range(int low, int high, int found) {
        Range(int low, int high) {
            this(low, high, -1);
        }

        boolean isOver() {
            return low >= high;
        }

        Range next(IntSequence sorted, int target) {
            int middle = (low + high) >>> 1;
            int order = Integer.compare(sorted.get(middle), target);
            return order == 0
                    ? new Range(0, 0, middle)
                    : order < 0 ? new Range(middle + 1, high) : new Range(low, middle);
        }
    }
}
