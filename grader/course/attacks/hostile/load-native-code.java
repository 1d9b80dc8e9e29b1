// tries: writes a native library into its scratch directory and loads it
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            Path library = Path.of("library.so").toAbsolutePath();
            Files.copy(
                    Path.of(System.getProperty("java.home"), "lib", "libnet.so"), library, StandardCopyOption.REPLACE_EXISTING);
            System.load(library.toString());
            throw new IllegalStateException("REACHED native code");
        } catch (IOException | UnsatisfiedLinkError | IllegalCallerException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
