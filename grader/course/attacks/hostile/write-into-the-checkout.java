// tries: writes a file of the checkout, which would be built into the next grading
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
            Files.writeString(Path.of("@OUTSIDE@/checkout/pom.xml"), "<project/>");
            throw new IllegalStateException("REACHED the checkout");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
