package storagelab.grader.run;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The processor time of a process and of everything it has started, and whether they want any at this moment.
 *
 * <p>On Linux the kernel adds the time of a process that has ended to the process that waited for it; {@code
 * /proc/PID/stat} has both, as clock ticks, of which a second has 100. A process in a namespace of its own is seen here,
 * from outside, like any other. Elsewhere the JDK tells the time of the processes that live.
 */
final class ProcessTime {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Of the fields after the name in parentheses, which begin with the third: the state. */
    private static final int STATE = 0;

    /** States of a thread that wants no processor: it sleeps, or it has ended. */
    private static final Set<String> ASLEEP = Set.of("S", "Z");

    /** Of the same fields: user, system, and both of the waited-for. */
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

    /**
     * Whether no thread of {@code root} and its descendants wants a processor. A thread that can run and gets no processor
     * is not asleep, however busy the machine is; nor is one that waits for the disk, or that was stopped from outside.
     * False where there is no {@code /proc}.
     */
    static boolean isTreeAsleep(ProcessHandle root) {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            List<Long> processes = Stream.concat(Stream.of(root), descendants)
                    .map(ProcessHandle::pid)
                    .toList();
            return areAsleep(PROC, processes);
        }
    }

    /**
     * The same by what {@code proc} says. Threads are read one after another. If one wakes another up meanwhile and goes to
     * sleep, each may be read while it sleeps, although one of them could always run. So all are read again in the opposite
     * order.
     */
    static boolean areAsleep(Path proc, List<Long> processes) {
        try {
            return areAsleep(threads(proc, processes)) && areAsleep(Lists.reverse(threads(proc, processes)));
        } catch (IOException | DirectoryIteratorException oneHasEnded) {
            return false;
        }
    }

    private static List<Path> threads(Path proc, List<Long> processes) throws IOException {
        List<Path> threads = new ArrayList<>();
        for (long process : processes) {
            Path tasks = proc.resolve(Long.toString(process)).resolve("task");
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(tasks)) {
                stream.forEach(threads::add);
            }
        }
        return threads;
    }

    private static boolean areAsleep(List<Path> threads) throws IOException {
        for (Path thread : threads) {
            String state = fields(stat(thread)).get(STATE);
            if (!ASLEEP.contains(state)) {
                return false;
            }
        }
        return true;
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
            return ofStatNanos(stat(PROC.resolve(Long.toString(process.pid()))));
        } catch (IOException gone) {
            return 0;
        }
    }

    /** What a line of {@code /proc/PID/stat} says. */
    static long ofStatNanos(String line) {
        List<String> fields = fields(line);
        return TIMES.stream().map(fields::get).mapToLong(Long::parseLong).sum() * TICK_NANOS;
    }

    private static String stat(Path directory) throws IOException {
        return Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
    }

    /** The fields after the name, which may have spaces and parentheses in it. */
    private static List<String> fields(String line) {
        return List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1));
    }

    private static long livingNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
