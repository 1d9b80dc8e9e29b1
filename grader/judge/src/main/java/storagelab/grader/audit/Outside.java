package storagelab.grader.audit;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/**
 * What stands for this machine while attacks run: files that look like a checkout, a home and another submission, a TCP port and a Unix
 * socket. No attack names anything else. Permissions do not protect the files: everyone may read and write them.
 */
final class Outside implements Closeable {
    private static final List<String> FILES =
            List.of("home/secret.txt", "other-submission/Answer.java", "report/result.json", "checkout/pom.xml");

    private static final String SOCKET = "s";

    private final Path directory;
    private final String secret = UUID.randomUUID().toString();
    private final ServerSocketChannel network;
    private final ServerSocketChannel local;
    private final Path socketDirectory;
    private final int port;
    private final SortedMap<String, String> contents;

    private Outside(
            Path directory, Path socketDirectory, ServerSocketChannel network, ServerSocketChannel local, int port)
            throws IOException {
        this.directory = directory;
        this.network = network;
        this.local = local;
        this.socketDirectory = socketDirectory;
        this.port = port;
        for (String name : FILES) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, secret + "\n");
        }
        this.contents = new TreeMap<>();
    }

    /**
     * @param directory an empty one
     * @param reference the jar with the reference's classes, of which an attack is told where a copy is
     */
    static Outside open(Path directory, Path reference) throws IOException {
        ServerSocketChannel network = ServerSocketChannel.open();
        network.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        network.configureBlocking(false);
        int port = ((InetSocketAddress) network.getLocalAddress()).getPort();
        // The path of a socket must be short.
        Path socketDirectory = Files.createTempDirectory("storage-lab-outside");
        Path socket = socketDirectory.resolve(SOCKET);
        ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        local.bind(UnixDomainSocketAddress.of(socket));
        local.configureBlocking(false);
        Outside outside = new Outside(directory, socketDirectory, network, local, port);
        Files.copy(reference, directory.resolve("checkout/reference.jar"));
        try (var tree = Files.walk(directory)) {
            tree.forEach(path -> openToAll(path.toFile()));
        }
        openToAll(socketDirectory.toFile());
        openToAll(socket.toFile());
        outside.contents.putAll(outside.read());
        return outside;
    }

    private static void openToAll(File file) {
        boolean isOpen = file.setReadable(true, false)
                && file.setWritable(true, false)
                && (!file.isDirectory() || file.setExecutable(true, false));
        if (!isOpen) {
            throw new IllegalStateException("the permissions of " + file + " cannot be changed");
        }
    }

    /** A text of the corpus with the places of this machine in it. */
    String fill(String text) {
        return text.replace("@OUTSIDE@", directory.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@SOCKET@", socketDirectory.resolve(SOCKET).toString());
    }

    /** What has got in or out since it was opened, as sentences. */
    List<String> harm(String words) throws IOException {
        List<String> harm = new ArrayList<>();
        if (words.contains(secret)) {
            harm.add("a file outside of the sandbox was read");
        }
        if (!read().equals(contents)) {
            harm.add("a file outside of the sandbox was changed");
        }
        for (ServerSocketChannel server : List.of(network, local)) {
            try (var connected = server.accept()) {
                if (connected != null) {
                    harm.add("something outside of the sandbox was called");
                }
            }
        }
        return harm;
    }

    private SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        for (Path file : LabTree.filesBelow(directory, "")) {
            all.put(file.toString(), CheckoutState.hashOf(file));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        network.close();
        local.close();
        FileUtils.deleteDirectory(socketDirectory.toFile());
    }
}
