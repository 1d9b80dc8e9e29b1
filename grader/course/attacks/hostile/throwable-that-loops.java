// tries: throws an exception whose message never comes
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits
// verdict: timed out, failed
// limits: 0.2

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
            for (int i = 0; i >= 0; i = 0) {}
            return "";
        }
    }
}
