// tries: writes 3 GiB of files
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

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
            byte[] block = new byte[16 << 20];
            long written = 0;
            try {
                for (int i = 0; i < 192; i++) {
                    Files.write(Path.of("big-" + i), block);
                    written += block.length;
                }
            } finally {
                for (int i = 0; i < 192; i++) {
                    Files.deleteIfExists(Path.of("big-" + i));
                }
                if (written > 512L << 20) {
                    throw new IllegalStateException("REACHED " + written + " bytes");
                }
            }
            throw new IllegalStateException("REACHED the end of the disk");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
