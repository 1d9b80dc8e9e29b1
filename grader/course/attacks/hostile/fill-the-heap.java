// tries: keeps more memory than there is
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits
// verdict: crashed
// says: ran out of memory
// limits: 0.2

import java.util.ArrayList;
import java.util.List;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        List<long[]> hoard = new ArrayList<>();
        while (hoard.size() >= 0) {
            hoard.add(new long[1 << 20]);
        }
        return -1;
    }
}
