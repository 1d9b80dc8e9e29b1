// tries: keeps the thread that finalizes objects busy
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: judge

import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        new Endless();
        System.gc();
        throw new ExerciseNotDone("1.1");
    }

    static final class Endless {
        @Override
        protected void finalize() {
            for (int i = 0; i >= 0; i = 0) {}
        }
    }
}
