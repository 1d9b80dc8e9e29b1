package storagelab.grader.run;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One question to a child JVM and its whole answer: bytes in, bytes out, bounded in time and size. */
public final class ChildCall {
    private static final int ANSWER_BYTES_MAX = 64 << 20;

    private ChildCall() {}

    /** The child gave no answer, or none that can be read. */
    public static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * @param message why not
         */
        public NoAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Starts {@code main}, writes {@code question} to its standard input and reads its standard output to the end.
     *
     * @throws NoAnswerException if it does not end in time, writes too much or ends badly
     */
    public static byte[] ask(WorkerSpec spec, String main, byte[] question, Duration limit)
            throws IOException, InterruptedException, NoAnswerException {
        try (ChildProcess child = spec.start(main, List.of())) {
            Future<byte[]> answer = inBackground(() -> read(child.standardOutput()));
            Future<byte[]> errors = inBackground(() -> read(child.standardError()));
            Future<Boolean> asked = inBackground(() -> write(child.standardInput(), question));
            try {
                byte[] bytes = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                int exitCode = child.exitCode();
                if (exitCode != 0 || bytes.length >= ANSWER_BYTES_MAX || !asked.get()) {
                    String words = new String(errors.get(), StandardCharsets.UTF_8);
                    throw new NoAnswerException("exit code " + exitCode + " " + words.strip());
                }
                return bytes;
            } catch (TimeoutException late) {
                throw new NoAnswerException("no answer in " + limit.toSeconds() + " s");
            } catch (ExecutionException failed) {
                throw new IOException("talking to a child JVM", failed.getCause());
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
