// tries: makes a file of a tebibyte that takes no space at first
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            try (FileChannel file = FileChannel.open(Path.of("sparse"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.allocate(1), 1L << 40);
            }
            throw new IllegalStateException("REACHED a tebibyte");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
