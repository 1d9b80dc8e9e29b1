// tries: closes System.out, which the results might be written to
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: judge
// verdict: not started

import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        System.out.close();
        System.err.close();
        throw new ExerciseNotDone("1.1");
    }
}
