// tries: throws an exception with a message of 50 MB
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: judge, limits

import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        throw new IllegalStateException("x".repeat(50_000_000));
    }
}
