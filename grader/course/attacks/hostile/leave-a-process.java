// tries: starts a process that outlives the test
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: judge, limits, sandbox

import java.io.IOException;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        try {
            String java = System.getProperty("java.home") + "/bin/java";
            new ProcessBuilder(java, "-version").start();
            new ProcessBuilder(java, "-XX:+UnlockDiagnosticVMOptions", "-XX:+PauseAtStartup", "-version").start();
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
        throw new ExerciseNotDone("1.1");
    }
}
