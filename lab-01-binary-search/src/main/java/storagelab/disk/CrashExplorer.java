package storagelab.disk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import storagelab.course.ExerciseNotDone;
import storagelab.disk.DiskOperation.Acknowledge;

/**
 * Runs a program once and crashes it everywhere: after every operation in its log, in every {@link SurvivalMode}, the
 * surviving disk is built and handed to a checker, which recovers from it and says whether what it finds is legal.
 *
 * <p>The program need not be deterministic and may have background threads: the log is what happened. Only recovery runs
 * once for every crash, so there is time for tens of thousands a second. Sampled images have their recovery crashed
 * too.
 *
 * <pre>{@code
 * CrashReport report = CrashExplorer.explore(
 *         CrashExplorerOptions.defaults().withSeed(42),
 *         disk -> {
 *             try (Store store = Store.open(disk.root())) {
 *                 store.put("a", "1");
 *                 disk.ack("a");
 *             }
 *         },
 *         crash -> {
 *             try (Store store = Store.open(crash.root())) {
 *                 boolean mustBeThere = crash.acknowledged().contains("a");
 *                 assertTrue(!mustBeThere || store.get("a").isPresent(), "an acknowledged write is gone");
 *             }
 *         });
 * }</pre>
 *
 * <p>Invariant: equal logs, options and checkers give equal runs.
 *
 * <p>Concurrency: checkers run one after the other, on the caller's thread.
 */
public final class CrashExplorer {
    private static final int OPERATIONS_SHOWN = 10;
    private static final Set<SurvivalMode> BY_CHANCE = EnumSet.of(SurvivalMode.TORN_PREFIX, SurvivalMode.RANDOM);

    private final CrashExplorerOptions options;
    private final Checker checker;
    private long images;
    private long recoveryImages;

    /** The program whose crashes are tried. */
    @FunctionalInterface
    public interface Workload {
        /** Does its work on {@code disk} and acknowledges by {@link CrashDisk#ack} what it would tell its users. */
        void run(CrashDisk disk) throws Exception;
    }

    /** Recovery, and the judgement about what it found. */
    @FunctionalInterface
    public interface Checker {
        /** Throws anything if the crash has lost what it must not, or invented something. */
        void check(CrashPoint crash) throws Exception;
    }

    private CrashExplorer(CrashExplorerOptions options, Checker checker) {
        this.options = options;
        this.checker = checker;
    }

    /**
     * Runs {@code workload} on an empty disk, then checks its crashes.
     *
     * @throws AssertionError at the first violation, which is the one with the shortest log; it says where the crash was,
     *     what survived and how to repeat it
     * @throws Exception what the workload threw
     */
    public static CrashReport explore(CrashExplorerOptions options, Workload workload, Checker checker)
            throws Exception {
        CrashDisk disk = CrashDisk.create();
        workload.run(disk);
        return explore(options, disk, checker);
    }

    /** Checks the crashes of whatever has been done to {@code recorded} until now; as the other {@code explore}. */
    public static CrashReport explore(CrashExplorerOptions options, CrashDisk recorded, Checker checker) {
        CrashExplorer explorer = new CrashExplorer(options, checker);
        List<DiskOperation> log = recorded.operations();
        long start = System.nanoTime();
        explorer.exploreLog(recorded, log);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new CrashReport(log.size(), explorer.images, explorer.recoveryImages, elapsed);
    }

    private void exploreLog(CrashDisk recorded, List<DiskOperation> log) {
        Markers markers = new Markers(log);
        Replay replay = recorded.newReplay();
        for (int index = 0; index <= log.size(); index++) {
            boolean isTried = index >= options.firstOperation()
                    && ((index - options.firstOperation()) % options.stride() == 0 || index == log.size());
            if (isTried) {
                exploreCrash(new Moment(recorded, log, replay, markers));
            }
            if (index < log.size()) {
                replay.advance(log.get(index));
                markers.advance(log.get(index));
            }
        }
    }

    /** A position in a log, with everything that is needed to crash there. */
    private record Moment(CrashDisk recorded, List<DiskOperation> log, Replay replay, Markers markers) {
        CrashPoint crash(SurvivalMode mode, long seed) {
            CrashDisk disk = new CrashDisk(replay.image(mode, seed), recorded.options());
            return new CrashPoint(disk, replay.position(), mode, markers.acknowledged(), markers.upcoming());
        }
    }

    private void exploreCrash(Moment moment) {
        if (moment.replay().isSettled()) {
            exploreImage(moment, options.modes().iterator().next(), 0);
            return;
        }
        for (SurvivalMode mode : SurvivalMode.values()) {
            int rounds = BY_CHANCE.contains(mode) ? options.randomImages() : 1;
            for (int round = 0; options.modes().contains(mode) && round < rounds; round++) {
                exploreImage(moment, mode, round);
            }
        }
    }

    private void exploreImage(Moment moment, SurvivalMode mode, int round) {
        long seed = Survival.mix(options.seed() ^ Survival.mix(moment.replay().position() * 64L + round));
        CrashPoint crash = moment.crash(mode, seed);
        images++;
        check(crash, moment, seed, "");
        if (options.recoveryStride() > 0 && images % options.recoveryStride() == 0) {
            crashRecovery(crash, moment, seed);
        }
    }

    /** Crashes the recovery that {@link #check} has just run on the crash's own disk. */
    private void crashRecovery(CrashPoint first, Moment moment, long seed) {
        List<DiskOperation> recovery = new ArrayList<>();
        for (DiskOperation operation : first.disk().operations()) {
            if (operation instanceof Acknowledge ack && ack.marker() == CrashPoint.Recovered.RECOVERED) {
                break;
            }
            recovery.add(operation);
        }
        Survival dice = new Survival(SurvivalMode.RANDOM, seed, 0);
        SurvivalMode[] modes = options.modes().stream().sorted().toArray(SurvivalMode[]::new);
        for (int i = 0; i < options.recoveryCrashes() && !recovery.isEmpty(); i++) {
            int length = 1 + dice.pick(i, 0, recovery.size());
            SurvivalMode mode = modes[dice.pick(i, 1, modes.length)];
            Replay replay = first.disk().newReplay();
            recovery.subList(0, length).forEach(replay::advance);
            CrashDisk disk = new CrashDisk(
                    replay.image(mode, Survival.mix(seed + i)), first.disk().options());
            recoveryImages++;
            CrashPoint second =
                    new CrashPoint(disk, first.operationIndex(), first.mode(), first.acknowledged(), first.upcoming());
            check(
                    second,
                    moment,
                    seed,
                    "  then a crash during recovery, mode " + mode + ", after:\n" + lastOf(recovery, length));
        }
    }

    private void check(CrashPoint crash, Moment moment, long seed, String secondCrash) {
        try {
            checker.check(crash);
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(describe(crash, moment, seed, e) + secondCrash, e);
        }
    }

    private String describe(CrashPoint crash, Moment moment, long seed, Throwable violation) {
        return String.format(
                Locale.ROOT,
                """
                after a crash the disk is not as it must be: %s
                  crash after operation %d of %d, mode %s, seed %d (of the image %d)
                  last acknowledged: %s, in flight: %s
                  last operations:
                %s""",
                violation,
                crash.operationIndex(),
                moment.log().size(),
                crash.mode(),
                options.seed(),
                seed,
                last(crash.acknowledged()),
                crash.inFlight().map(String::valueOf).orElse("nothing"),
                lastOf(moment.log(), crash.operationIndex()));
    }

    private static String last(List<Object> markers) {
        return markers.isEmpty() ? "nothing" : String.valueOf(markers.get(markers.size() - 1));
    }

    private static String lastOf(List<DiskOperation> log, int end) {
        StringBuilder lines = new StringBuilder();
        for (int i = Math.max(0, end - OPERATIONS_SHOWN); i < end; i++) {
            lines.append("    ").append(i + 1).append(": ").append(log.get(i)).append('\n');
        }
        return lines.toString();
    }

    /** The acknowledgements of a log, divided at a position. */
    private static final class Markers {
        private final List<Object> all;
        private int passed;

        Markers(List<DiskOperation> log) {
            List<Object> markers = new ArrayList<>();
            for (DiskOperation operation : log) {
                if (operation instanceof Acknowledge ack) {
                    markers.add(ack.marker());
                }
            }
            this.all = List.copyOf(markers);
        }

        void advance(DiskOperation operation) {
            passed += operation instanceof Acknowledge ? 1 : 0;
        }

        List<Object> acknowledged() {
            return all.subList(0, passed);
        }

        List<Object> upcoming() {
            return all.subList(passed, all.size());
        }
    }
}
