package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import storagelab.grader.run.WorkerProcess.Said;

/** What a parent believes of its child does not depend on which of them is faster. */
class WorkerProcessTest {
    private static final TestSelection NOTHING = new TestSelection(List.of(), List.of(), List.of());

    @Test
    void answerBeforeTheParentGoesOnIsNotTakenForAForgery() throws Exception {
        QuickChild child = new QuickChild();
        try (WorkerProcess worker = WorkerProcess.of(new ChildProcess(child))) {
            WorkerRequest request = WorkerRequest.of(NOTHING, 1, TimeLimits.standard());
            worker.send(request);
            assertThat("the key is wiped", request.key(), is(new byte[EventSigner.KEY_BYTES]));
            child.exit();

            Said first = assertInstanceOf(Said.class, worker.next(10_000));

            assertThat(first.event().type(), is(Event.Type.DONE));
            assertThat(worker.next(10_000), instanceOf(WorkerProcess.Ended.class));
            assertThat(worker.next(0), is(nullValue()));
            assertThat(worker.sawForgery(), is(false));
        }
    }

    /** A child whose answer has been read before its parent's last write returns. */
    private static final class QuickChild extends Process {
        private final CountDownLatch exited = new CountDownLatch(1);
        private final PipedOutputStream says = new PipedOutputStream();
        private final PipedInputStream said = new PipedInputStream(says);

        QuickChild() throws IOException {}

        void exit() throws IOException {
            says.close();
            exited.countDown();
        }

        private void answer(byte[] request) throws IOException {
            EventSigner signer = new EventSigner();
            signer.takeKey(WorkerRequest.readFrom(new DataInputStream(new ByteArrayInputStream(request)))
                    .key());
            String line = signer.line(0, new Event(Event.Type.DONE, new byte[0])) + "\n";
            says.write(line.getBytes(StandardCharsets.US_ASCII));
            says.flush();
            // Each byte that follows waits for room in the pipe, so the reader has gone past the line.
            says.write(new byte[4_096]);
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    if (size() > 0) {
                        answer(toByteArray());
                        reset();
                    }
                }
            };
        }

        @Override
        public InputStream getInputStream() {
            return said;
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            exited.await();
            return 0;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return Stream.empty();
        }

        @Override
        public void destroy() {
            exited.countDown();
        }
    }
}
