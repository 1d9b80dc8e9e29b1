// tries: reads a file of the home directory of the user that grades
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            throw new IllegalStateException("REACHED " + Files.readString(Path.of("@OUTSIDE@/home/secret.txt")));
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
