// tries: never ends, and catches whatever would end it
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits
// verdict: timed out
// limits: 0.2

import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        for (int i = 0; i >= 0; i = 0) {
            try {
                Thread.sleep(1);
                throw new IllegalStateException();
            } catch (Throwable swallowed) {
                continue;
            }
        }
        return -1;
    }
}
