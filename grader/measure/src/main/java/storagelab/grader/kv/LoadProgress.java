package storagelab.grader.kv;

import java.util.concurrent.TimeUnit;
import storagelab.grader.cli.Console;

/** The line that says how far a load is, from its third second on. */
final class LoadProgress {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDTH = 30;

    private final KvSession session;
    private final Console console;
    private final long totalBytes;
    private final long begin;
    private long nextNanos = QUIET_NANOS;

    /**
     * A load that begins now.
     *
     * @param totalBytes of the file; 0 if that is not known
     */
    LoadProgress(KvSession session, long totalBytes) {
        this.session = session;
        this.console = new Console(session.context());
        this.totalBytes = totalBytes;
        this.begin = session.process().nanoClock().getAsLong();
    }

    void show(long entries, long bytes) {
        long nanos = session.process().nanoClock().getAsLong() - begin;
        if (nanos < nextNanos) {
            return;
        }
        nextNanos = nanos + STEP_NANOS;
        String done = "%,d entries, %,.0f a second".formatted(entries, entries * 1e9 / nanos);
        if (totalBytes == 0) {
            console.progress(done);
            return;
        }
        int filled = (int) (WIDTH * Math.min(bytes, totalBytes) / totalBytes);
        console.progress("[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done);
    }

    void done() {
        console.progressDone();
    }
}
