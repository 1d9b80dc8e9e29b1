// tries: registers a provider whose signatures are all the same
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: judge

import java.security.Provider;
import java.security.Security;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        Security.insertProviderAt(new Provider("hostile", "1", "") {
            {
                put("Mac.HmacSHA256", "storagelab.search.BinarySearch");
            }
        }, 1);
        throw new ExerciseNotDone("1.1");
    }
}
