package storagelab.grader.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;

/**
 * What a submission tries against the machine. Each passes when the wall holds, and fails by saying what was reached.
 * Only ever run in a confined child of {@link PrivateRootTest}, which says by a file on the class path which files of
 * its own it put outside; no other file is written to.
 */
final class WallAttacks {
    /** A resource with a name and a path a line. */
    static final String DECOYS = "decoys.txt";

    private static final long CHUNK = 16L << 20;

    private static Path decoy(String name) throws IOException {
        try (var in = WallAttacks.class.getResourceAsStream("/" + DECOYS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> Path.of(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static void assertCannotWrite(Path file) {
        assertThrows(
                IOException.class,
                () -> Files.writeString(file, "patched", StandardOpenOption.CREATE),
                () -> "was written: " + file);
    }

    @Test
    void patchesEveryFileOfTheStage() throws IOException {
        for (Path entry : classPath()) {
            try (Stream<Path> tree = Files.walk(entry)) {
                for (Path file : tree.toList()) {
                    assertCannotWrite(Files.isDirectory(file) ? file.resolve("Patched.class") : file);
                }
            }
            assertCannotWrite(entry.resolveSibling("Patched.class"));
        }
    }

    @Test
    void deletesAndRenamesFilesOfTheStage() throws IOException {
        for (Path entry : classPath()) {
            try (Stream<Path> tree = Files.walk(entry)) {
                for (Path file : tree.filter(Files::isRegularFile).limit(3).toList()) {
                    assertThrows(IOException.class, () -> Files.delete(file), file::toString);
                    assertThrows(IOException.class, () -> Files.move(file, file.resolveSibling("x")), file::toString);
                    assertThrows(
                            IOException.class, () -> Files.setLastModifiedTime(file, Files.getLastModifiedTime(file)));
                }
            }
        }
    }

    @Test
    void readsAndWritesFilesOfOthers() throws IOException {
        for (String name : List.of("checkout", "submission", "report", "home", "temporary", "shared")) {
            Path file = decoy(name);
            assertFalse(Files.exists(file), () -> name + " is visible: " + file);
            assertThrows(IOException.class, () -> Files.readString(file), name);
            assertCannotWrite(file);
        }
    }

    @Test
    void looksAround() throws IOException {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> root = Files.list(Path.of("/"))) {
            List<String> names = root.map(Path::toString).toList();
            for (String hidden : List.of("/home", "/root", "/srv", "/mnt", "/media", "/run", "/var", "/sys", "/boot")) {
                boolean leadsToOurs = Stream.concat(classPath().stream(), Stream.of(javaHome(), scratch))
                        .anyMatch(path -> path.startsWith(hidden));
                assertTrue(leadsToOurs || !names.contains(hidden), () -> hidden + " is visible");
            }
        }
        try (Stream<Path> outside = Files.list(Path.of("/outside"))) {
            assertEquals(List.of(), outside.toList(), "the old root is still there");
        } catch (NoSuchFileException gone) {
            assertEquals("/outside", gone.getMessage());
        }
        try (Stream<Path> siblings = Files.list(scratch.getParent())) {
            List<Path> others = siblings.filter(path -> !path.equals(scratch))
                    .filter(path -> classPath().stream().noneMatch(entry -> entry.startsWith(path)))
                    .toList();
            assertEquals(List.of(), others, "other files next to the scratch directory");
        }
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Not an attack: the one file of {@code /proc} that tests need. */
    @Test
    void countsItsOwnBytesAndSeesNoMoreOfProc() throws IOException {
        long before = bytesWritten();
        Files.write(Path.of("counted"), new byte[100_000]);
        long written = bytesWritten() - before;
        Files.delete(Path.of("counted"));
        assertTrue(written >= 100_000 && written < 200_000, () -> written + " bytes were counted");
        try (Stream<Path> files = Files.list(Path.of("/proc/self"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            List<String> known = List.of("exe", "io", "mountinfo");
            assertTrue(known.containsAll(names), names::toString);
        }
        assertFalse(Files.exists(Path.of("/proc/self/mountinfo")));
    }

    private static long bytesWritten() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                .sum();
    }

    @Test
    void writesTheJdkAndTheRoot() {
        for (Path directory : List.of(javaHome(), javaHome().resolve("lib"), Path.of("/"), Path.of("/etc"))) {
            assertCannotWrite(directory.resolve("storage-lab-attack"));
        }
    }

    @Test
    void executesWhatItWrote() throws IOException {
        Path program = Path.of("program").toAbsolutePath();
        Files.copy(javaHome().resolve("bin/java"), program);
        assertTrue(program.toFile().setExecutable(true));
        assertThrows(IOException.class, () -> new ProcessBuilder(program.toString(), "-version").start());
        Path library = Path.of("library.so").toAbsolutePath();
        Files.copy(javaHome().resolve("lib/libnet.so"), library);
        Throwable refused = assertThrows(Throwable.class, () -> System.load(library.toString()));
        // The file system refuses, or JDK 24 and later before it is asked.
        assertTrue(
                refused instanceof UnsatisfiedLinkError || refused instanceof IllegalCallerException,
                refused::toString);
    }

    @Test
    void fillsTheScratchDirectory() throws IOException {
        byte[] chunk = new byte[(int) CHUNK];
        Path directory = Files.createDirectory(Path.of("big"));
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 64; i++) {
                Files.write(directory.resolve(Integer.toString(i)), chunk);
            }
        });
        long written = 0;
        for (File file : files(directory)) {
            written += file.length();
        }
        PathUtils.deleteDirectory(directory);
        assertTrue(written <= PrivateRoot.SCRATCH_BYTES, written + " bytes were written");
    }

    @Test
    void makesTooManyFiles() throws IOException {
        Path directory = Files.createDirectory(Path.of("many"));
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 2 * PrivateRoot.SCRATCH_FILES; i++) {
                Files.createFile(directory.resolve(Integer.toString(i)));
            }
        });
        int made = files(directory).length;
        PathUtils.deleteDirectory(directory);
        assertTrue(made <= PrivateRoot.SCRATCH_FILES, made + " files were made");
    }

    private static File[] files(Path directory) {
        return Objects.requireNonNull(directory.toFile().listFiles());
    }

    @Test
    void callsHome() throws IOException {
        int port = Integer.parseInt(decoy("port").toString());
        for (String host : List.of("127.0.0.1", "192.0.2.1")) {
            assertThrows(
                    IOException.class,
                    () -> new Socket(InetAddress.getByName(host), port).close(),
                    () -> "connected to " + host);
        }
        Path socket = decoy("socket");
        assertFalse(Files.exists(socket), () -> "visible: " + socket);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThrows(IOException.class, () -> channel.connect(UnixDomainSocketAddress.of(socket)));
        }
    }

    @Test
    void startsThreadsWithoutEnd() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        OutOfMemoryError refused = assertThrows(OutOfMemoryError.class, () -> {
            for (int i = 0; i < 2_000; i++) {
                Thread thread = new Thread(null, () -> awaitQuietly(end), "flood", 64 << 10);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        });
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(refused.toString().contains("native thread"), refused.toString());
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void looksForOtherProcessesAndForAShell() {
        assertEquals(List.of(), ProcessHandle.allProcesses().toList());
        for (String shell : List.of("/bin/sh", "/bin/bash", "/usr/bin/env", "/usr/bin/python3", "/usr/bin/unshare")) {
            assertFalse(Files.exists(Path.of(shell)), shell);
            assertThrows(IOException.class, () -> new ProcessBuilder(shell, "-c", "true").start());
        }
    }

    /** By what is there to run: nothing but the JDK's programs and those that start it. */
    @Test
    void seesFewFilesOutsideOfTheJdk() throws IOException {
        TreeSet<String> programs = new TreeSet<>();
        for (String directory : List.of("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt")) {
            if (Files.isDirectory(Path.of(directory)) && !javaHome().startsWith(directory)) {
                try (Stream<Path> files = Files.list(Path.of(directory))) {
                    files.forEach(file -> programs.add(file.getFileName().toString()));
                }
            }
        }
        programs.removeAll(List.of("setpriv", "prlimit"));
        assertEquals(new TreeSet<String>(), programs);
    }
}
