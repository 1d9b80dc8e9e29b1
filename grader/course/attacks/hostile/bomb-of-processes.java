// tries: starts processes as fast as it can
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: limits, sandbox
// limits: 0.3
// slow: yes

import java.io.IOException;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        String java = System.getProperty("java.home") + "/bin/java";
        try {
            for (int i = 0; i < 2_000; i++) {
                new ProcessBuilder(java, "-Xmx8m", "-XX:+UnlockDiagnosticVMOptions", "-XX:+PauseAtStartup", "-version").start();
            }
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
        throw new IllegalStateException("REACHED 2,000 processes");
    }
}
