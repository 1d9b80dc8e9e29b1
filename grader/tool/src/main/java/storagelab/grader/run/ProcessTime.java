package storagelab.grader.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The processor time of a process and of everything it has started.
 *
 * <p>On Linux the kernel adds the time of a process that has ended to the process that waited for it; {@code
 * /proc/PID/stat} has both, as clock ticks, of which a second has 100. A process in a namespace of its own is seen here,
 * from outside, like any other. Elsewhere the JDK tells the time of the processes that live.
 */
final class ProcessTime {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Of the fields after the name in parentheses, which begin with the third: user, system, and both of the waited-for. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    private ProcessTime() {}

    /** The sum over {@code root} and its descendants; a process that is gone counts with nothing. */
    static long ofTreeNanos(ProcessHandle root) {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            return Stream.concat(Stream.of(root), descendants)
                    .mapToLong(ProcessTime::ofOneNanos)
                    .sum();
        }
    }

    /** This JVM, without what it has started; without {@code /proc}, as some sandboxes are, that of its living threads. */
    static long ofThisJvmNanos() {
        long nanos = livingNanos(ProcessHandle.current());
        if (nanos > 0) {
            return nanos;
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(time -> time > 0)
                .sum();
    }

    private static long ofOneNanos(ProcessHandle process) {
        if (!HAS_PROC) {
            return livingNanos(process);
        }
        try {
            Path stat = PROC.resolve(Long.toString(process.pid())).resolve("stat");
            return ofStatNanos(Files.readString(stat, StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return 0;
        }
    }

    /** What a line of {@code /proc/PID/stat} says. The name may have spaces and parentheses in it. */
    static long ofStatNanos(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        return TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum() * TICK_NANOS;
    }

    private static long livingNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
