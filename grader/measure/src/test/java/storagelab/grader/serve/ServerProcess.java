package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import storagelab.recovery.EngineKind;

/** A server in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final InetSocketAddress address;

    ServerProcess(Path home, ServeDurability durability) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serving.class.getName(),
                        home.toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the server has not started");
        }
        address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(line.replaceAll(".*:([0-9]+), .*", "$1")));
    }

    RespClient connect() throws IOException {
        return new RespClient(address);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Ends the process at once. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Asks the process to end, and returns what it says until it has. */
    String terminate() throws IOException, InterruptedException {
        process.toHandle().destroy();
        StringBuilder rest = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            rest.append(line).append('\n');
        }
        process.waitFor();
        return rest.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What runs in the process. */
    static final class Serving {
        private Serving() {}

        /** Serves the store in the directory that is the first argument, with the durability that is the second. */
        public static void main(String[] args) {
            ServeOptions options = ServeOptions.defaults().withDurability(ServeDurability.valueOf(args[1]));
            ServeRun.run(
                    Path.of(args[0]),
                    EngineKind.BTREE,
                    options,
                    new ServeRun.Messages(
                            new PrintWriter(System.out, true, UTF_8),
                            new PrintWriter(System.err, true, UTF_8),
                            "the store"));
        }
    }
}
