package storagelab.grader.run;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.platform.launcher.TestPlan;

/**
 * The child JVM that runs tests. It warms JUnit up, then waits for one request on standard input, runs it, and says on
 * standard output what happened, in signed lines. Nothing it says is believed without a signature, and nothing that
 * fails to be said counts as passed.
 *
 * <p>Ends by {@link Runtime#halt}, so that no shutdown hook of a submission runs.
 */
public final class TestWorker {
    private static final int CAPTURE_BYTES_MAX = 64 << 10;

    private TestWorker() {}

    /** Runs one request. Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        InputStream requestStream = new FileInputStream(FileDescriptor.in);
        FileOutputStream results = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        BoundedCapture capture = new BoundedCapture(CAPTURE_BYTES_MAX);
        PrintStream captured = new PrintStream(capture, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        EventSigner signer = new EventSigner();
        TestDiscovery discovery = new TestDiscovery();
        warmUp(discovery);

        WorkerRequest request;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(requestStream))) {
            request = WorkerRequest.readFrom(in);
        } catch (EOFException parentHasNoWork) {
            Runtime.getRuntime().halt(0);
            return;
        }
        signer.takeKey(request.key());
        EventWriter events = new EventWriter(results, signer);
        System.setProperty("seed", Long.toString(request.seed()));
        capture.take();
        try {
            run(request, discovery, new WorkerListener(events, capture, request.limits()));
            events.send(Event.Type.DONE, out -> {});
        } catch (Throwable thrown) {
            // Whatever it is, the parent must hear of it: a silent end is judged as a crash of the running test.
            FailureReport report = FailureReader.read(thrown);
            events.send(Event.Type.ABORT, report::writeTo);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void warmUp(TestDiscovery discovery) {
        TestSelection selection = new TestSelection(List.of(WarmUp.class.getName()), List.of(), List.of());
        discovery.launcher().execute(discovery.discover(selection));
    }

    private static void run(WorkerRequest request, TestDiscovery discovery, WorkerListener listener) {
        TestPlan plan = discovery.discover(request.selection());
        List<PlannedTest> tests = TestDiscovery.plannedTests(plan);
        // Of the tests that it has found, because its parent does not always know which there are.
        Watchdog.start(listener, request.limits().orphanMillis(tests));
        listener.announce(tests);
        discovery.problems().forEach(listener::announceProblem);
        discovery.launcher().execute(plan, listener);
    }
}
