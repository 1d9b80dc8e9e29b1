// tries: sends what it knows to another machine
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.net.Socket;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            new Socket("127.0.0.1", Integer.parseInt("@PORT@")).close();
            throw new IllegalStateException("REACHED the network");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
