// tries: leaves a directory of mode 000 in its scratch directory, at which a clean-up stumbles
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: judge

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            Path closed = Files.createTempDirectory(Path.of("."), "closed");
            Files.createFile(closed.resolve("file"));
            Files.setPosixFilePermissions(closed, Set.of());
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
        throw new ExerciseNotDone("1.1");
    }
}
