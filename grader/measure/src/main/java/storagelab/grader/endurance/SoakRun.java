package storagelab.grader.endurance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.testkit.CrashTrial;

/**
 * Four threads use a store on the real disk at random, each with keys of its own, of which it knows what they must have:
 * puts, deletes, batches, gets, cursors, snapshots that are kept for a while, {@code verify}. After every few seconds the
 * store is closed and opened again.
 *
 * @param <S> the store
 */
final class SoakRun<S extends SnapshotStore> {
    private static final int THREADS = 4;
    private static final int KEYS = 600;
    private static final int LARGE_VALUE_BYTES = 5000;
    private static final Duration SESSION = Duration.ofSeconds(5);

    private final CrashTrial.Subject<S> subject;
    private final Path directory;
    private final List<User> users = new ArrayList<>();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long sessions;

    /**
     * What was done.
     *
     * @param operations calls of the store
     * @param snapshots of them, snapshots that were taken and compared
     * @param sessions how often the store was opened
     */
    public record Done(long operations, long snapshots, long sessions) {}

    private SoakRun(CrashTrial.Subject<S> subject, Path directory, long seed) {
        this.subject = subject;
        this.directory = directory;
        for (int i = 0; i < THREADS; i++) {
            users.add(new User(i, new Random(seed + i)));
        }
    }

    /**
     * Uses a store in {@code directory}, which is empty, for so long.
     *
     * @throws AssertionError at the first difference
     */
    public static <S extends SnapshotStore> Done run(
            CrashTrial.Subject<S> subject, Path directory, Duration duration, long seed) throws InterruptedException {
        SoakRun<S> run = new SoakRun<>(subject, directory, seed);
        long end = System.nanoTime() + duration.toNanos();
        do {
            run.session(Math.min(end, System.nanoTime() + SESSION.toNanos()));
        } while (System.nanoTime() < end);
        return new Done(run.operations.get(), run.snapshots.get(), run.sessions);
    }

    private void session(long end) throws InterruptedException {
        sessions++;
        try (S store = subject.open(directory)) {
            checkAll(store, "when opened");
            List<Thread> threads = new ArrayList<>();
            for (User user : users) {
                Thread thread = new Thread(() -> user.use(store, end), "soak-" + user.number);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Throwable thrown = failure.get();
            if (thrown != null) {
                throw thrown instanceof AssertionError error
                        ? error
                        : new AssertionError("a call threw " + thrown, thrown);
            }
            checkAll(store, "at the end of a session");
            subject.verify(store, directory);
        }
    }

    private void checkAll(S store, String when) {
        TreeMap<Slice, Slice> all = new TreeMap<>();
        users.forEach(user -> all.putAll(user.content));
        Contents.check(store, all, "session " + sessions + ", " + when + ", the store");
    }

    /** A snapshot, and what it must show of one user's keys. */
    private record Kept(Snapshot snapshot, TreeMap<Slice, Slice> content) {}

    /** One thread, and what its keys have. */
    private final class User {
        private final int number;
        private final Random random;
        private final TreeMap<Slice, Slice> content = new TreeMap<>();
        private final KeyRange range;
        private @Nullable Kept kept;
        private long written;

        User(int number, Random random) {
            this.number = number;
            this.random = random;
            this.range = KeyRange.of(Slice.utf8("user " + number), Slice.utf8("user " + (number + 1)));
        }

        void use(S store, long end) {
            try {
                while (System.nanoTime() < end && failure.get() == null) {
                    step(store);
                    operations.incrementAndGet();
                }
                keep(null);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        private void step(S store) {
            int dice = random.nextInt(1000);
            if (dice < 550) {
                write(store, 1, Durability.BUFFERED);
            } else if (dice < 600) {
                write(store, 2 + random.nextInt(dice < 552 ? 400 : 20), Durability.BUFFERED);
            } else if (dice < 940) {
                Slice key = key();
                compare(store.get(key), content.get(key), "get(" + key + ")");
            } else if (dice < 960) {
                try (Cursor cursor = store.cursor(range)) {
                    Contents.check(cursor, content, "a cursor of user " + number);
                }
            } else if (dice < 980) {
                keep(new Kept(store.snapshot(), new TreeMap<>(content)));
            } else if (dice < 995) {
                askSnapshot();
            } else if (dice < 999) {
                write(store, 1, Durability.SYNCED);
            } else {
                subject.verify(store, directory);
            }
        }

        private void write(S store, int count, Durability durability) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < count; i++) {
                Slice key = key();
                if (random.nextInt(3) == 0) {
                    batch.delete(key);
                    content.remove(key);
                } else {
                    int length = random.nextInt(50) == 0 ? LARGE_VALUE_BYTES : random.nextInt(200);
                    Slice value = Slice.utf8(written++ + "v".repeat(length));
                    batch.put(key, value);
                    content.put(key, value);
                }
            }
            store.write(batch, durability);
        }

        private void keep(@Nullable Kept next) {
            Kept before = kept;
            kept = next;
            if (before != null) {
                snapshots.incrementAndGet();
                try (Snapshot snapshot = before.snapshot;
                        Cursor cursor = snapshot.cursor(range)) {
                    Contents.check(cursor, before.content, "a snapshot of user " + number);
                }
            }
        }

        private void askSnapshot() {
            Kept asked = kept;
            if (asked != null) {
                Slice key = key();
                compare(asked.snapshot.get(key), asked.content.get(key), "get(" + key + ") from a snapshot");
            }
        }

        private void compare(Optional<Slice> found, @Nullable Slice expected, String what) {
            if (!found.equals(Optional.ofNullable(expected))) {
                throw new AssertionError(what + " is another value than was written last, or none");
            }
        }

        private Slice key() {
            return Slice.utf8("user %d key %03d".formatted(number, random.nextInt(KEYS)));
        }
    }
}
