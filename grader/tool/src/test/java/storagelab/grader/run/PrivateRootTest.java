package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Edition;
import storagelab.grader.model.Verdict;

/**
 * What a submission can reach from inside each sandbox that works for this user on this machine. {@link
 * OrdinaryUserTest} runs it as an ordinary user, too, when root runs the tests.
 */
class PrivateRootTest {
    private static final int OTHER_THREADS = 560;

    @TempDir
    Path outside;

    static List<Sandbox> sandboxes() throws Exception {
        List<Sandbox> sandboxes = Sandboxes.allConfined();
        assertThat("sandboxes that work here", sandboxes, is(not(List.of())));
        return sandboxes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sandboxes")
    void attacksOnTheMachineReachNothing(Sandbox sandbox) throws Exception {
        assertTrue(sandbox.confines());
        Map<String, Path> decoys = decoys();
        Map<Path, String> before = contents(outside);
        try (Stage stage = Stage.open(sandbox);
                ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocket network = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            local.bind(UnixDomainSocketAddress.of(decoys.get("socket")));
            decoys.put("port", Path.of(Integer.toString(network.getLocalPort())));
            List<Path> classPath = attackPath(stage, decoys);
            Map<Path, String> staged = contents(stage.directory("attacks").resolveSibling("."));

            for (TestOutcome outcome : run(stage, classPath)) {
                String name = outcome.test().id();
                if (sandbox instanceof BubblewrapSandbox
                        && (name.endsWith(".executesWhatItWrote") || name.endsWith(".makesTooManyFiles"))) {
                    // Bubblewrap's scratch file system knows no noexec and no limit on files; its description says so.
                    continue;
                }
                if (sandbox instanceof UtilLinuxSandbox byRoot
                        && !byRoot.showsCounters()
                        && name.contains(".countsItsOwnBytes")) {
                    continue;
                }
                assertThat(name + ": " + outcome, outcome.verdict(), is(Verdict.PASSED));
            }

            assertThat("the stage", contents(stage.directory("attacks").resolveSibling(".")), is(staged));
        }
        Files.delete(decoys.get("socket"));
        assertThat("files outside", contents(outside), is(before));
        Files.delete(decoys.get("temporary"));
    }

    @Test
    void fiveHundredAndThirtyThreadsOfTheUserDoNotTurnTheSandboxOff() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(OTHER_THREADS);
        for (int i = 0; i < OTHER_THREADS; i++) {
            Thread thread = new Thread(null, () -> wait(started, end), "another of this user", 64 << 10);
            thread.setDaemon(true);
            thread.start();
        }
        started.await();
        try {
            Sandbox sandbox = Sandboxes.confined();

            assertTrue(sandbox.confines());
            assertThat(sandbox.description(), startsWith("private root by util-linux"));
            try (Stage stage = Stage.open(sandbox)) {
                TestSelection one =
                        new TestSelection(List.of(HostileTests.Leaving.class.getName()), List.of(), List.of());
                TestSession.Report report = report(stage, attackPath(stage, Map.of()), one);
                for (TestOutcome outcome : report.outcomes()) {
                    boolean ends = outcome.test().id().endsWith(".first")
                            || outcome.test().id().endsWith(".last");
                    assertThat(outcome.toString(), outcome.verdict(), is(ends ? Verdict.PASSED : Verdict.CRASHED));
                }
            }
        } finally {
            end.countDown();
        }
    }

    private static void wait(CountDownLatch started, CountDownLatch end) {
        started.countDown();
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files of ours that stand for those that a submission must not reach. */
    private Map<String, Path> decoys() throws IOException {
        Map<String, Path> decoys = new TreeMap<>();
        for (String name : List.of("checkout", "submission", "report", "home", "shared")) {
            Path directory = Files.createDirectories(outside.resolve(name));
            decoys.put(name, Files.writeString(directory.resolve(name + ".txt"), "precious"));
        }
        decoys.put("temporary", Files.writeString(Files.createTempFile("storage-lab-decoy", ".txt"), "precious"));
        decoys.put("socket", outside.resolve("s"));
        // Permissions must not be what keeps the confined user out.
        try (Stream<Path> tree = Files.walk(outside)) {
            tree.forEach(path -> openToAll(path.toFile()));
        }
        openToAll(decoys.get("temporary").toFile());
        return decoys;
    }

    private static void openToAll(File file) {
        assertTrue(file.setReadable(true, false) && file.setWritable(true, false));
        assertTrue(!file.isDirectory() || file.setExecutable(true, false));
    }

    private static List<Path> attackPath(Stage stage, Map<String, Path> decoys) throws IOException {
        List<Path> classPath = new ArrayList<>();
        List<String> packages = List.of("storagelab/grader/run", "storagelab/grader/model");
        int part = 0;
        for (Path entry : Libraries.ofThisTool().tool()) {
            part++;
            classPath.add(stage.copyPackages("worker-" + part, entry, packages));
        }
        Path attacks = stage.directory("attacks");
        StringBuilder table = new StringBuilder();
        decoys.forEach(
                (name, path) -> table.append(name).append(' ').append(path).append('\n'));
        Files.writeString(attacks.resolve(WallAttacks.DECOYS), table);
        stage.sandbox().shareReadOnly(attacks);
        classPath.add(attacks);
        classPath.addAll(stage.copyLibraries("junit", Libraries.ofThisTool().forTests()));
        classPath.addAll(stage.copyLibraries("kits", Libraries.ofThisTool().testKits()));
        classPath.addAll(stage.copyLibraries("libraries", Libraries.ofThisTool().forLabs()));
        return classPath;
    }

    private static List<TestOutcome> run(Stage stage, List<Path> classPath) throws Exception {
        TestSelection all = new TestSelection(List.of(WallAttacks.class.getName()), List.of(), List.of());
        List<TestOutcome> outcomes = report(stage, classPath, all).outcomes();
        assertFalse(outcomes.isEmpty());
        return outcomes;
    }

    private static TestSession.Report report(Stage stage, List<Path> classPath, TestSelection selection)
            throws Exception {
        List<PlannedTest> expected = new TestDiscovery().find(selection);
        TestRequest request =
                new TestRequest(selection, expected, name -> false, 1, new TimeLimits(4), Edition.WITH_REFERENCE);
        try (TestSession session = TestSession.prefork(stage.untrusted(classPath))) {
            return session.run(request, outcome -> {});
        }
    }

    /** Every file below a directory, with a checksum of what is in it. */
    private static Map<Path, String> contents(Path directory) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                contents.put(
                        file,
                        Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString());
            }
        }
        return contents;
    }
}
