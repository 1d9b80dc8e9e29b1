// tries: makes two million empty files, which use up the inodes of the disk
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox, limits
// slow: yes

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        try {
            Path directory = Files.createTempDirectory(Path.of("."), "many");
            for (int i = 0; i < 2_000_000; i++) {
                Files.createFile(directory.resolve("f" + i));
            }
            throw new IllegalStateException("REACHED two million files");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
