package storagelab.grader.run;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A running {@link TestWorker} as its parent sees it: a source of messages that can be believed.
 *
 * <p>Concurrency: one thread uses it; two threads of its own read the child's output.
 */
final class WorkerProcess implements Closeable, Stopwatch.Clocks {
    /** How much a child may write past its captured {@code System.out} before it is killed. */
    static final long OUTPUT_QUOTA_BYTES = 64L << 20;

    private static final int LINE_BYTES_MAX = 1 << 20;
    private static final int NOISE_BYTES_MAX = 8 << 10;

    private final ChildProcess child;
    private final EventSigner signer = new EventSigner();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final AtomicLong outputBytes = new AtomicLong();
    private final BoundedCapture noise = new BoundedCapture(NOISE_BYTES_MAX);
    private volatile boolean keyed;
    private volatile boolean forged;
    private long nextSequence;

    private WorkerProcess(ChildProcess child) {
        this.child = child;
    }

    /** What the parent learns from a child. */
    sealed interface Message {}

    /** The child said this, and nobody else did. */
    record Said(Event event) implements Message {}

    /** A line of the child is missing or damaged; what follows can't be trusted. */
    record Broken() implements Message {}

    /** More output than the quota. */
    record Flooded() implements Message {}

    /** The process is gone. */
    record Ended(int exitCode, String lastWords) implements Message {}

    static WorkerProcess start(WorkerSpec spec) throws IOException {
        return of(spec.start(TestWorker.class.getName(), List.of()));
    }

    /** Listens to a child that has just started. */
    static WorkerProcess of(ChildProcess child) {
        WorkerProcess worker = new WorkerProcess(child);
        daemon("grader-child-errors", () -> worker.drain(child.standardError()));
        daemon("grader-child-output", worker::readOutput);
        return worker;
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Hands over the one request, wipes its key and closes the child's standard input. The key is known here before the
     * child has it: the child may answer before this thread goes on.
     */
    void send(WorkerRequest request) throws IOException {
        signer.takeKey(request.key().clone());
        keyed = true;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(child.standardInput()))) {
            request.writeTo(out);
        } finally {
            Arrays.fill(request.key(), (byte) 0);
        }
    }

    /** The next message, or {@code null} when there is none in time. */
    @Nullable
    Message next(long timeoutMillis) throws InterruptedException {
        return messages.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Whether somebody wrote a line that pretends to be the child's. */
    boolean sawForgery() {
        return forged;
    }

    @Override
    public long cpuNanos() {
        return child.cpuNanos();
    }

    @Override
    public boolean isAsleep() {
        return child.isAsleep();
    }

    @Override
    public void close() {
        child.close();
    }

    private void readOutput() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        InputStream in = child.standardOutput();
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        takeLine(line.toByteArray());
                        line.reset();
                    } else if (line.size() < LINE_BYTES_MAX) {
                        line.write(buffer[i]);
                    }
                }
                count(count);
            }
        } catch (IOException killed) {
            noise.note("output ended: " + killed.getMessage());
        }
        takeLine(line.toByteArray());
        tellEnd();
    }

    private void tellEnd() {
        try {
            messages.add(new Ended(child.exitCode(), noise.take()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[1 << 13];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                noise.write(buffer, 0, count);
                count(count);
            }
        } catch (IOException killed) {
            noise.note("errors ended: " + killed.getMessage());
        }
    }

    private void count(int bytes) {
        long before = outputBytes.getAndAdd(bytes);
        if (before < OUTPUT_QUOTA_BYTES && before + bytes >= OUTPUT_QUOTA_BYTES) {
            messages.add(new Flooded());
        }
    }

    private void takeLine(byte[] bytes) {
        if (outputBytes.get() >= OUTPUT_QUOTA_BYTES) {
            return;
        }
        String line = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!line.startsWith(EventSigner.MARKER)) {
            noise.write(bytes, 0, bytes.length);
            noise.write('\n');
            return;
        }
        if (!keyed || !signer.isGenuine(line)) {
            forged = true;
            return;
        }
        String[] parts = line.split("\\|", -1);
        long sequence = Long.parseLong(parts[1]);
        if (sequence < nextSequence) {
            forged = true;
        } else if (sequence > nextSequence) {
            messages.add(new Broken());
        } else {
            nextSequence++;
            Event.Type type = Event.Type.valueOf(parts[2]);
            messages.add(new Said(new Event(type, Base64.getDecoder().decode(parts[3]))));
        }
    }
}
