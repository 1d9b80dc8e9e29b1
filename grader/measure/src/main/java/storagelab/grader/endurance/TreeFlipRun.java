package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.CorruptionException;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;

/**
 * Turns over one bit of the file of a closed B+tree, or cuts the file off, and reads everything: what is returned is right,
 * until the damage is reported, if it is.
 */
final class TreeFlipRun {
    private static final BTreeOptions OPTIONS =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    private static final int KEYS = 250;
    private static final int ROUNDS = 4;
    private static final int LARGE_VALUE_BYTES = 3000;

    private final Random random;
    private final TreeMap<Slice, Slice> content = new TreeMap<>();
    private final byte[] whole;

    /**
     * What came of the damages.
     *
     * @param detected reported as damage, before anything wrong was returned
     * @param harmless everything was as before: a free page, the second copy of a record, a byte that means nothing
     */
    public record Outcome(long detected, long harmless) {}

    private TreeFlipRun(long seed) throws IOException {
        this.random = new Random(seed);
        this.whole = write();
    }

    /**
     * Tries so many damages, one at a time.
     *
     * @throws AssertionError at the first one that has an answer which is wrong, or an exception that is not about damage
     */
    public static Outcome of(long damages, long seed) throws IOException {
        TreeFlipRun run = new TreeFlipRun(seed);
        long detected = 0;
        for (long i = 0; i < damages; i++) {
            detected += run.isDetected() ? 1 : 0;
        }
        return new Outcome(detected, damages - detected);
    }

    /** A file with leaves, branches, large values, free pages and a free list, and two checkpoints. */
    private byte[] write() throws IOException {
        CrashDisk disk = CrashDisk.create();
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            for (int round = 0; round < ROUNDS; round++) {
                WriteBatch batch = new WriteBatch();
                for (int i = 0; i < KEYS; i++) {
                    Slice key = Slice.utf8("key %03d".formatted(i));
                    if (random.nextInt(5) == 0) {
                        batch.delete(key);
                        content.remove(key);
                    } else {
                        int length = random.nextInt(40) == 0 ? LARGE_VALUE_BYTES : random.nextInt(100);
                        Slice value = Slice.utf8(round + "v".repeat(length));
                        batch.put(key, value);
                        content.put(key, value);
                    }
                }
                store.write(batch, Durability.SYNCED);
            }
        }
        return Files.readAllBytes(disk.root().resolve(BTreeStore.FILE_NAME));
    }

    private boolean isDetected() throws IOException {
        Damage damage = Damage.of(whole, random);
        String story = damage.story();
        CrashDisk disk = CrashDisk.create();
        Path file = disk.root().resolve(BTreeStore.FILE_NAME);
        Files.write(file, damage.bytes());
        try {
            return isDetected(disk, story);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("with " + story + ": " + e, e);
        }
    }

    private boolean isDetected(CrashDisk disk, String story) {
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            Contents.check(store, content, "with " + story + ", the store");
            content.forEach((key, value) -> {
                if (!store.get(key).equals(Optional.of(value))) {
                    throw new AssertionError("with " + story + ", get(" + key + ") is wrong");
                }
            });
            store.verify();
            return false;
        } catch (CorruptionException e) {
            return true;
        }
    }
}
