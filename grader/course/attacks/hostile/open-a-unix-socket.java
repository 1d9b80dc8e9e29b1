// tries: talks to a service of the machine, such as a container daemon
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of("@SOCKET@")).close();
            throw new IllegalStateException("REACHED a service");
        } catch (IOException refused) {
            throw new IllegalStateException("kept out: " + refused);
        }
    }
}
