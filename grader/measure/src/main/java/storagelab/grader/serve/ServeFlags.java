package storagelab.grader.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;

/** The options of {@code lab kv DIR serve}. */
public final class ServeFlags {
    private static final int PORT_MAX = 65_535;
    private static final int MIB = 1 << 20;
    private static final int REQUEST_MIB_MAX = 512;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port = 6379;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address to listen on (default: ${DEFAULT-VALUE}, which only this machine reaches). One that others"
                            + " reach needs a password.")
    private String host = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description =
                    "Also serve /metrics for Prometheus, and for a hybrid store a page that shows its ranges, over HTTP on this"
                            + " port of 127.0.0.1, 0 for any free one. Every user of this machine can read them.")
    private @Nullable Integer httpPort;

    @Option(
            names = "--durability",
            paramLabel = "D",
            description =
                    "What a power cut may take of the writes that were replied to: none: any suffix. interval: about the last"
                            + " second. commit: nothing (default: interval). A killed server loses nothing with each.")
    private ServeDurability durability = ServeDurability.INTERVAL;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description =
                    "The password that clients must give. Other users of this machine can see it in the list of processes.")
    private @Nullable String password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file whose first line is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "The environment variable that has the password.")
    private @Nullable String passwordVariable;

    @Option(
            names = "--unprotected",
            description =
                    "Listen on an address that others reach without a password: they can read and delete everything.")
    private boolean isUnprotected;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many clients may be connected at the same time (default: ${DEFAULT-VALUE}).")
    private int connections = ServeLimits.defaults().connections();

    @Option(
            names = "--request-mib",
            paramLabel = "N",
            description = "The largest request, and transaction, in MiB (default: ${DEFAULT-VALUE}).")
    private int requestMib = ServeLimits.defaults().requestBytes() / MIB;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "Close a connection that is silent for so long, 0 for never (default: ${DEFAULT-VALUE}).")
    private long idleSeconds = ServeLimits.defaults().idle().toSeconds();

    /**
     * The options that were given.
     *
     * @param directory that the name of the password's file is relative to
     * @param environment that has the password, if one says so
     * @throws LabException if they are wrong
     */
    public ServeOptions options(Path directory, Map<String, String> environment) {
        if (port < 0 || port > PORT_MAX) {
            throw LabException.usage(
                    "There is no port " + port + ".", "Give --port a number from 0 to " + PORT_MAX + ".");
        }
        if (httpPort != null && (httpPort < 0 || httpPort > PORT_MAX)) {
            throw LabException.usage(
                    "There is no port " + httpPort + ".", "Give --http-port a number from 0 to " + PORT_MAX + ".");
        }
        if (connections < 1 || requestMib < 1 || requestMib > REQUEST_MIB_MAX || idleSeconds < 0) {
            throw LabException.usage(
                    "A limit is out of range: " + connections + " connections, requests of " + requestMib + " MiB, "
                            + idleSeconds + " idle seconds.",
                    "Give at least 1 connection, 1 to " + REQUEST_MIB_MAX + " MiB, and 0 seconds or more.");
        }
        InetAddress address = address();
        Password secret = password(directory, environment);
        if (secret == null && !address.isLoopbackAddress() && !isUnprotected) {
            throw LabException.usage(
                    "Others reach the address " + host + ", and there is no password.",
                    "Give one with --password-file or --password-env, or --unprotected if all who reach it may do everything.");
        }
        ServeLimits limits = ServeLimits.defaults()
                .withConnections(connections)
                .withRequest(requestMib * MIB, ServeLimits.defaults().arguments())
                .withTimes(
                        Duration.ofSeconds(idleSeconds), ServeLimits.defaults().stall());
        ServeOptions options = ServeOptions.defaults()
                .withAddress(address, port)
                .withDurability(durability)
                .withPassword(secret)
                .withLimits(limits);
        return httpPort == null ? options : options.withHttpPort(httpPort);
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw LabException.usage(
                    "There is no address " + host + ".", "Give --host an address of this machine, such as 127.0.0.1.");
        }
    }

    private @Nullable Password password(Path directory, Map<String, String> environment) {
        List<String> given = new ArrayList<>();
        if (password != null) {
            given.add(password);
        }
        if (passwordFile != null) {
            given.add(firstLine(directory.resolve(passwordFile)));
        }
        if (passwordVariable != null) {
            String value = environment.get(passwordVariable);
            if (value == null) {
                throw LabException.usage(
                        "There is no environment variable " + passwordVariable + ".",
                        "Set it, or give the password another way.");
            }
            given.add(value);
        }
        if (given.size() > 1) {
            throw LabException.usage("The password is given in more than one way.", "Give it in one.");
        }
        if (given.isEmpty()) {
            return null;
        }
        if (given.get(0).isEmpty()) {
            throw LabException.usage("The password is empty.", "Give one that is not, or none.");
        }
        return Password.of(given.get(0));
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            throw new LabException(
                    "The password's file " + file + " cannot be read.", "Look at its name and at who may read it.");
        }
    }
}
