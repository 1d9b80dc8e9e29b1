package storagelab.grader.run;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;

/**
 * A process of ours together with everything it has started. Killed as a whole, at the latest when this JVM ends.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class ChildProcess implements Closeable, Stopwatch.Clocks {
    private static final Set<ChildProcess> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(ChildProcess::close), "kill-children"));
    }

    private final Process process;
    private final AtomicLong cpuNanos = new AtomicLong();

    ChildProcess(Process process) {
        this.process = process;
        LIVE.add(this);
        var unused = process.onExit().thenRun(() -> LIVE.remove(this));
    }

    /** What it writes. */
    public InputStream standardOutput() {
        return process.getInputStream();
    }

    /** What it complains about. */
    public InputStream standardError() {
        return process.getErrorStream();
    }

    /** What it reads. */
    public OutputStream standardInput() {
        return process.getOutputStream();
    }

    /** The most processor time that was seen: what has ended cannot be asked any more. */
    @Override
    public long cpuNanos() {
        return cpuNanos.accumulateAndGet(ProcessTime.ofTreeNanos(process.toHandle()), Math::max);
    }

    @Override
    public boolean isAsleep() {
        return ProcessTime.isTreeAsleep(process.toHandle());
    }

    /**
     * Waits for the end and gives the exit code; 128 and the signal's number if a signal ended it. A process that has
     * closed its output may live on.
     */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** The exit code, once it has ended. */
    public Future<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Kills the process and all its descendants. */
    @Override
    public void close() {
        try (Stream<ProcessHandle> tree = process.descendants()) {
            List<ProcessHandle> descendants = tree.toList();
            process.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        IOUtils.closeQuietly(standardInput());
    }
}
