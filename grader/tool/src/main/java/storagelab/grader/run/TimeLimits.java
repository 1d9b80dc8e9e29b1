package storagelab.grader.run;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How much time a piece of work has: every limit of time in grading, but for the budgets of {@link SubmissionTime}.
 *
 * <p>What is limited is the processor time of all processes of a child. A busy machine lengthens the wall clock and not
 * the processor time, so it changes no verdict. What uses no processor time because it waits is found out in three ways:
 * when none of its threads has moved for {@link #stillMillis()}; in a test, when looks found all threads asleep for {@link
 * #IDLE_FACTOR} times the processor time; and by a wall clock that is {@link #WALL_FACTOR} times as long.
 *
 * @param scale factor on every limit: how much slower this machine is than the one that the limits were chosen on, times
 *     what the command line asks for
 */
public record TimeLimits(double scale) {
    /**
     * The wall clock in processor times. With fewer than this many runnable threads a processor, a thread that can run
     * reaches its limit of processor time before its wall clock.
     */
    static final int WALL_FACTOR = 20;

    /** The time that a test may wait without computing, in processor times. A right solution waits far less. */
    static final int IDLE_FACTOR = 4;

    /** How often the parent looks at a child. Each look that finds all threads of a test asleep stands for this time. */
    static final long LOOK_MILLIS = 500;

    /** What is said where {@link #isMachineToBlame()}. */
    public static final String MACHINE_TO_BLAME = "got too little processor time on this busy machine, twice";

    private static final long TEST_MILLIS_DEFAULT = 10_000;
    private static final long START_MILLIS = 30_000;
    private static final long GRACE_MILLIS = 1_500;
    private static final long STILL_MILLIS = 10_000;
    private static final long COMPILE_MILLIS = 40_000;

    public TimeLimits {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("a scale of " + scale + " is not above 0");
        }
    }

    /** The limits of the machine that they were chosen on. */
    public static TimeLimits standard() {
        return new TimeLimits(1);
    }

    /** The same limits for a machine that is {@code factor} times as slow. */
    public TimeLimits times(double factor) {
        return new TimeLimits(scale * factor);
    }

    /** {@code "as standard"} or {@code "times 1.4"}. */
    public String describe() {
        return scale == 1 ? "as standard" : String.format(Locale.ROOT, "times %.2f", scale);
    }

    /**
     * A limit of one piece of work.
     *
     * @param cpuMillis processor time of all its processes
     * @param idleMillis time in which no thread wants a processor, for a test that polls
     * @param wallMillis wall clock, for what waits
     */
    public record Span(long cpuMillis, long idleMillis, long wallMillis) {
        private static Span ofCpu(long millis) {
            return new Span(millis, millis * IDLE_FACTOR, millis * WALL_FACTOR);
        }

        Span plusCpu(long millis) {
            return new Span(cpuMillis + millis, idleMillis, wallMillis);
        }

        /** {@code "10 s of processor time"}. */
        public String describe() {
            return seconds(cpuMillis) + " of processor time";
        }
    }

    /** A test that does not say how long it takes. */
    static long testMillisDefault() {
        return TEST_MILLIS_DEFAULT;
    }

    /** One test. */
    public Span test(PlannedTest test) {
        return span(test.limitMillis());
    }

    /** The same as its parent sees it, which leaves the child time to say where the test is. */
    Span testWithGrace(PlannedTest test) {
        return test(test).plusCpu(scaled(GRACE_MILLIS));
    }

    /** The start of a JVM, and the set-up of a test class. */
    Span start() {
        return Span.ofCpu(scaled(START_MILLIS));
    }

    /** How long no thread of a test may move. */
    long stillMillis() {
        return scaled(STILL_MILLIS);
    }

    /** One run of the compiler over a lab. */
    public Span compile() {
        return Span.ofCpu(scaled(COMPILE_MILLIS));
    }

    /** Work that says how much processor time it takes. */
    public Span span(long cpuMillis) {
        return Span.ofCpu(scaled(cpuMillis));
    }

    /** How long a child may live that is to run {@code tests}, should its parent be gone. */
    long orphanMillis(List<PlannedTest> tests) {
        long testMillis = tests.stream().mapToLong(PlannedTest::limitMillis).sum();
        return scaled(WALL_FACTOR * (testMillis + START_MILLIS));
    }

    long scaled(long millis) {
        return Math.max(1, Math.round(millis * scale));
    }

    /**
     * Whether a wall clock may have run out because there was no processor to be had.
     *
     * @param load runnable threads of the machine; negative if unknown
     */
    static boolean isMachineToBlame(double load, int processors) {
        return load / processors >= WALL_FACTOR;
    }

    /** The same for this machine now. */
    public static boolean isMachineToBlame() {
        return isMachineToBlame(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }

    static String seconds(long millis) {
        return millis % 1000 == 0 ? TimeUnit.MILLISECONDS.toSeconds(millis) + " s" : millis + " ms";
    }
}
