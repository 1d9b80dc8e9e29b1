// tries: throws an exception whose methods throw
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: judge
// verdict: failed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        throw new Hostile();
    }

    static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("message");
        }

        @Override
        public Throwable getCause() {
            throw new StackOverflowError("cause");
        }

        @Override
        public String toString() {
            throw new Hostile();
        }
    }
}
