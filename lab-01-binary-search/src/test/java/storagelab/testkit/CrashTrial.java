package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;

/**
 * A durable store is written to, the power is cut after every operation on the disk, in every way that can leave a
 * different disk, and what is there afterwards has to be legal: every SYNCED batch, BUFFERED ones as a prefix, each whole
 * or not at all, and the store goes on from there.
 *
 * @param <S> the store
 */
public final class CrashTrial<S extends KeyValueStore> {
    private static final int ROUNDS = 3;
    private static final int BATCHES = 60;
    private static final int BATCHES_IN_SESSION = 7;
    private static final int MOMENTS_HELD_MAX = 3;

    /** A batch that was acknowledged. */
    private record Written(int serial, Durability durability) {}

    /** Somebody who looks at the store as it was at one moment: a cursor, or a snapshot. */
    public interface Moment extends AutoCloseable {
        /** Fails unless it shows {@code content}. */
        void assertShows(Map<Slice, Slice> content);

        @Override
        void close();
    }

    /**
     * A kind of store.
     *
     * @param <S> the store
     */
    public interface Subject<S extends KeyValueStore> {
        /** Opens the store in {@code directory}. */
        S open(Path directory);

        /** Proves that the store, which was opened after a crash, has lost no file and kept none too many. */
        void verify(S store, Path directory);

        /** Holds on to the store as it is now, if it can do that. */
        default Optional<Moment> hold(S store) {
            return Optional.empty();
        }
    }

    private record Held(Moment moment, int serial) {}

    private final Subject<S> subject;

    private CrashTrial(Subject<S> subject) {
        this.subject = subject;
    }

    /** Tries every crash of a few random runs. */
    public static <S extends KeyValueStore> void check(Subject<S> subject) {
        check(subject, ROUNDS);
    }

    /** Tries every crash of so many random runs: of a store that is tried in many shapes, one of each may do. */
    public static <S extends KeyValueStore> void check(Subject<S> subject, int rounds) {
        CrashTrial<S> trial = new CrashTrial<>(subject);
        Seeds.check(
                rounds,
                random -> assertThat("crashes tried", trial.explore(random).images(), is(greaterThan(500L))));
    }

    /**
     * What was tried.
     *
     * @param points moments at which the power was cut
     * @param disks different disks that were left, during recovery too
     */
    public record Tried(long points, long disks) {}

    /** Tries every crash of one random run after the other, until the power was cut at so many moments. */
    public static <S extends KeyValueStore> Tried until(Subject<S> subject, long pointsMin, long seed)
            throws Exception {
        CrashTrial<S> trial = new CrashTrial<>(subject);
        long points = 0;
        long disks = 0;
        for (long next = seed; points < pointsMin; next++) {
            CrashReport report = trial.explore(new Random(next));
            points += report.operations() + 1L;
            disks += report.images() + report.recoveryImages();
        }
        return new Tried(points, disks);
    }

    private CrashReport explore(Random random) throws Exception {
        StoreScript script = new StoreScript(BATCHES, random);
        long moments = random.nextLong();
        return CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                disk -> run(script, disk, new Random(moments)),
                crash -> check(script, crash));
    }

    /** Writes the script in several sessions, so that a memtable comes to have several logs. */
    private void run(StoreScript script, CrashDisk disk, Random random) {
        for (int serial = 1; serial <= script.size(); ) {
            Deque<Held> held = new ArrayDeque<>();
            try (S store = subject.open(disk.root())) {
                for (int left = BATCHES_IN_SESSION; left > 0 && serial <= script.size(); left--, serial++) {
                    if (random.nextInt(2) == 0) {
                        hold(store, serial - 1, held);
                    }
                    script.write(store, serial);
                    disk.ack(new Written(serial, script.durability(serial)));
                    held.forEach(one -> one.moment.assertShows(script.contentAfter(one.serial)));
                }
                if (random.nextBoolean()) {
                    held.forEach(one -> one.moment.close());
                }
            }
            held.forEach(one -> one.moment.close()); // those of every second session outlive their store
        }
    }

    private void hold(S store, int serial, Deque<Held> held) {
        subject.hold(store).ifPresent(moment -> held.addLast(new Held(moment, serial)));
        if (held.size() > MOMENTS_HELD_MAX) {
            held.removeFirst().moment.close();
        }
    }

    private void check(StoreScript script, CrashPoint crash) {
        int acknowledged = 0;
        int synced = 0;
        for (Object marker : crash.acknowledged()) {
            if (marker instanceof Written written) {
                acknowledged = written.serial;
                synced = written.durability == Durability.SYNCED ? written.serial : synced;
            }
        }
        int last;
        try (S store = subject.open(crash.root())) {
            crash.recovered();
            last = StoreScript.lastSerial(store);
            String promise = "the last batch there is (acknowledged: " + acknowledged + ", synced: " + synced + ")";
            assertThat(promise, last, allOf(greaterThanOrEqualTo(synced), lessThanOrEqualTo(acknowledged + 1)));
            script.assertHolds(store, last, "after the crash");
            subject.verify(store, crash.root());
            subject.hold(store).ifPresent(moment -> {
                moment.assertShows(script.contentAfter(last));
                moment.close();
            });
            store.write(new WriteBatch().put(Slice.utf8("after"), Slice.utf8("1")), Durability.SYNCED);
        }
        try (S store = subject.open(crash.root())) {
            assertThat("a write after recovery", store, holds("after", "1"));
            script.assertHolds(store, last, "when opened once more");
        }
    }
}
