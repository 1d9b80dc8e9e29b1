// tries: throws an exception whose methods throw an error that is not an exception
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits, judge

import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        throw new Hostile();
    }

    static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new AssertionError("message");
        }

        @Override
        public Throwable getCause() {
            throw new OutOfMemoryError("cause");
        }
    }
}
