package storagelab.grader.endurance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;

/**
 * Cuts the power after every operation on the disk while a B+tree grows, shrinks, splits, merges, has large values and
 * makes checkpoints, and looks at what is left: the last checkpoint or the one under way, whole, with every page accounted
 * for, and a store that goes on from there.
 */
final class TreeCrashRun {
    private static final BTreeOptions OPTIONS = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(64 << 10)
            .withCheckpointBytes(Long.MAX_VALUE);

    private static final int ROUNDS = 16;
    private static final int OPERATIONS_IN_ROUND = 60;
    private static final int KEYS = 300;
    private static final int LARGE_VALUE_BYTES = 2500;
    private static final int VALUE_BYTES = 60;

    private final List<TreeMap<Slice, Slice>> contents = new ArrayList<>();
    private final Random random;

    private TreeCrashRun(Random random) {
        this.random = random;
    }

    /**
     * What was tried.
     *
     * @param points moments at which the power was cut
     * @param disks different disks that were left, during recovery too
     * @param checkpoints checkpoints that were made before
     */
    public record Tried(long points, long disks, long checkpoints) {
        private Tried plus(Tried other) {
            return new Tried(points + other.points, disks + other.disks, checkpoints + other.checkpoints);
        }
    }

    /** A round has ended with a checkpoint. */
    private record Checkpointed(int number) {}

    /**
     * Runs with one seed after the other until the power was cut at so many moments.
     *
     * @throws AssertionError at the first violation, with what led to it
     */
    public static Tried until(long pointsMin, long seed) throws Exception {
        Tried tried = new Tried(0, 0, 0);
        for (long next = seed; tried.points < pointsMin; next++) {
            tried = tried.plus(new TreeCrashRun(new Random(next)).run());
        }
        return tried;
    }

    private Tried run() throws Exception {
        contents.add(new TreeMap<>());
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(random.nextLong()), this::write, this::check);
        return new Tried(report.operations() + 1L, report.images() + report.recoveryImages(), contents.size() - 1L);
    }

    /** Rounds of changes, each ended by a checkpoint. Three grow the tree, the fourth makes it small. */
    private void write(CrashDisk disk) {
        TreeMap<Slice, Slice> content = new TreeMap<>();
        BTreeStore store = BTreeStore.open(disk.root(), OPTIONS);
        Snapshot held = store.snapshot();
        for (int round = 1; round <= ROUNDS; round++) {
            for (int i = 0; i < OPERATIONS_IN_ROUND; i++) {
                store.write(batch(content, round % 4 != 0, round), Durability.BUFFERED);
            }
            contents.add(new TreeMap<>(content));
            store.checkpoint();
            disk.ack(new Checkpointed(round));
            if (random.nextInt(3) == 0) {
                held.close();
                held = store.snapshot();
            }
        }
        held.close();
        store.close();
    }

    private WriteBatch batch(TreeMap<Slice, Slice> content, boolean growing, int round) {
        WriteBatch batch = new WriteBatch();
        for (int left = random.nextInt(3); left >= 0; left--) {
            Slice key = Slice.utf8("key %03d".formatted(random.nextInt(KEYS)));
            if (random.nextInt(8) == 0 == growing) {
                batch.delete(key);
                content.remove(key);
            } else {
                int length = random.nextInt(25) == 0 ? LARGE_VALUE_BYTES : random.nextInt(VALUE_BYTES);
                Slice value = Slice.utf8("%d.".formatted(round) + "v".repeat(length));
                batch.put(key, value);
                content.put(key, value);
            }
        }
        return batch;
    }

    private void check(CrashPoint crash) {
        int promised = 0;
        for (Object marker : crash.acknowledged()) {
            promised = marker instanceof Checkpointed done ? done.number : promised;
        }
        try (BTreeStore store = BTreeStore.open(crash.root(), OPTIONS)) {
            crash.recovered();
            long found = store.lastCheckpoint().checkpoint();
            if (found != promised && found != promised + 1) {
                throw new AssertionError("checkpoint " + promised + " was done, and " + found + " is found");
            }
            Contents.check(store, contents.get((int) found), "checkpoint " + found);
            store.verify();
            store.write(new WriteBatch().put(Slice.utf8("after"), Slice.EMPTY), Durability.SYNCED);
            store.verify();
        }
    }
}
