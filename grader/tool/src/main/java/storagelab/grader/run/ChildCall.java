package storagelab.grader.run;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import storagelab.grader.run.TimeLimits.Span;

/**
 * One question to a child JVM and its whole answer: bytes in, bytes out, bounded in processor time, wall clock and size.
 */
public final class ChildCall {
    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final long POLL_MILLIS = 50;

    private ChildCall() {}

    /**
     * What a child answered.
     *
     * @param content all that it wrote
     * @param cpuNanos what it took
     */
    public record Answer(byte[] content, long cpuNanos) {}

    /** The child gave no answer, or none that can be read. */
    public static class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        private final long cpuNanos;

        /**
         * @param message why not
         * @param cpuNanos what it took
         */
        public NoAnswerException(String message, long cpuNanos) {
            super(message);
            this.cpuNanos = cpuNanos;
        }

        /** The processor time that the child used. */
        public long cpuNanos() {
            return cpuNanos;
        }
    }

    /** The child gave no answer in its time: nothing is known of what it would have said. */
    public static final class OutOfTimeException extends NoAnswerException {
        private static final long serialVersionUID = 1L;

        OutOfTimeException(String message, long cpuNanos) {
            super(message, cpuNanos);
        }
    }

    /**
     * Starts {@code main}, writes {@code question} to its standard input and reads its standard output to the end.
     *
     * @throws OutOfTimeException if it does not end in time
     * @throws NoAnswerException if it writes too much or ends badly
     */
    public static Answer ask(WorkerSpec spec, String main, byte[] question, Span limit)
            throws IOException, InterruptedException, NoAnswerException {
        try (ChildProcess child = spec.start(main, List.of())) {
            Stopwatch stopwatch = new Stopwatch(child);
            Future<byte[]> answer = inBackground(() -> read(child.standardOutput()));
            Future<byte[]> errors = inBackground(() -> read(child.standardError()));
            Future<Boolean> asked = inBackground(() -> write(child.standardInput(), question));
            try {
                byte[] bytes = await(answer, stopwatch, limit);
                int exitCode = await(child.exit(), stopwatch, limit);
                if (exitCode != 0 || bytes.length >= ANSWER_BYTES_MAX || !asked.get()) {
                    String words = new String(await(errors, stopwatch, limit), StandardCharsets.UTF_8);
                    throw new NoAnswerException("exit code " + exitCode + " " + words.strip(), stopwatch.cpuNanos());
                }
                return new Answer(bytes, stopwatch.cpuNanos());
            } catch (ExecutionException failed) {
                throw new IOException("talking to a child JVM", failed.getCause());
            }
        }
    }

    private static <T> T await(Future<T> part, Stopwatch stopwatch, Span limit)
            throws InterruptedException, ExecutionException, OutOfTimeException {
        while (true) {
            try {
                return part.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                Optional<OutOfTime> out = stopwatch.outOf(limit);
                if (out.isPresent()) {
                    String used = out.get() == OutOfTime.CPU
                            ? limit.describe()
                            : TimeLimits.seconds(limit.wallMillis()) + ", of which little was processor time";
                    throw new OutOfTimeException("no answer in " + used, stopwatch.cpuNanos());
                }
            }
        }
    }

    /** A thread of its own: each of the three waits for the child, so none may wait for another to get a thread. */
    private static <T> Future<T> inBackground(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future, "grader-child-call");
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    private static boolean write(OutputStream out, byte[] question) {
        try (OutputStream buffered = new BufferedOutputStream(out)) {
            buffered.write(question);
            return true;
        } catch (IOException childGone) {
            return false;
        }
    }

    /** Reads to the end, and keeps no more than the limit. */
    private static byte[] read(InputStream in) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                kept.write(buffer, 0, Math.min(count, ANSWER_BYTES_MAX - kept.size()));
            }
            return kept.toByteArray();
        } catch (IOException killed) {
            return kept.toByteArray();
        }
    }
}
