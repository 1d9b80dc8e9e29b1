package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Damages one segment of the log of a store whose process was killed, and reads everything: the damage is reported, or the store
 * is as it was some writes ago. No batch is half there. A flipped bit takes no SYNCED write, since the records after it say that
 * it was durable. If the last segment is cut off, these are gone, too: the log ends earlier, and nothing tells.
 */
final class StoreFlipRun {
    private static final int KEYS = 120;
    private static final int BATCHES = 605; // after the last synced one come some that say that it is durable
    private static final int CHECKPOINTED = 300;
    private static final int OPERATIONS_MAX = 3;
    private static final int VALUE_BYTES = 60;
    private static final int SYNCED_EVERY = 20;
    private static final long NEVER = 1L << 40;

    private final DurableOptions options;
    private final Random random;
    private final List<TreeMap<Slice, Slice>> contents = new ArrayList<>(); // after each batch
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private int lastSynced;

    /**
     * What came of the damages.
     *
     * @param detected reported as damage, before anything wrong was returned
     * @param harmless everything was as before, or as it was some writes ago
     */
    record Outcome(long detected, long harmless) {}

    private StoreFlipRun(EngineKind engine, long seed) throws IOException {
        this.options = SmallStores.options(engine).withCheckpointLogBytes(NEVER);
        this.random = new Random(seed);
        write();
    }

    /**
     * Tries so many damages, one at a time, over each engine.
     *
     * @throws AssertionError at the first one that has an answer which is wrong, or an exception that is not about damage
     */
    static Outcome of(long damages, long seed) throws IOException {
        EngineKind[] engines = EngineKind.values();
        long detected = 0;
        long harmless = 0;
        for (EngineKind engine : engines) {
            StoreFlipRun run = new StoreFlipRun(engine, seed);
            for (long left = damages / engines.length; left > 0; left--) {
                if (run.isDetected()) {
                    detected++;
                } else {
                    harmless++;
                }
            }
        }
        return new Outcome(detected, harmless);
    }

    /** A checkpoint, then batches of which some are synced, and a process that ends without closing the store. */
    private void write() throws IOException {
        CrashDisk disk = CrashDisk.create();
        TreeMap<Slice, Slice> content = new TreeMap<>();
        contents.add(new TreeMap<>());
        try (CrashSafeStore store = CrashSafeStore.open(disk.root(), options)) {
            for (int i = 1; i <= BATCHES; i++) {
                boolean isSynced = i % SYNCED_EVERY == 0;
                store.write(batch(content, i), isSynced ? Durability.SYNCED : Durability.BUFFERED);
                contents.add(new TreeMap<>(content));
                lastSynced = isSynced ? i : lastSynced;
                if (i == CHECKPOINTED) {
                    store.checkpoint();
                }
            }
            collect(disk.root());
        }
    }

    private WriteBatch batch(TreeMap<Slice, Slice> content, int number) {
        WriteBatch batch = new WriteBatch();
        for (int left = random.nextInt(OPERATIONS_MAX); left >= 0; left--) {
            Slice key = Slice.utf8("key %03d".formatted(random.nextInt(KEYS)));
            if (random.nextInt(5) == 0) {
                batch.delete(key);
                content.remove(key);
            } else {
                Slice value = Slice.utf8(number + "v".repeat(random.nextInt(VALUE_BYTES)));
                batch.put(key, value);
                content.put(key, value);
            }
        }
        return batch;
    }

    private void collect(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private boolean isDetected() throws IOException {
        List<String> segments =
                files.keySet().stream().filter(name -> name.startsWith("log/")).toList();
        String chosen = segments.get(random.nextInt(segments.size()));
        byte[] whole = files.getOrDefault(chosen, new byte[0]);
        Damage damage = Damage.of(whole, random);
        String story = "with " + chosen + " " + damage.story();
        CrashDisk disk = CrashDisk.create();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = disk.root().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getKey().equals(chosen) ? damage.bytes() : file.getValue());
        }
        try {
            return isDetected(disk, story, damage.bytes().length < whole.length ? CHECKPOINTED : lastSynced);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(story + ": " + e, e);
        }
    }

    /**
     * Opens the store and reads it.
     *
     * @param first the first batch after which it may be as it was
     */
    private boolean isDetected(CrashDisk disk, String story, int first) {
        try (CrashSafeStore store = CrashSafeStore.open(disk.root(), options)) {
            TreeMap<Slice, Slice> found = new TreeMap<>();
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    found.put(cursor.key(), cursor.value());
                }
            }
            SmallStores.verify(store);
            for (int i = contents.size() - 1; i >= first; i--) {
                if (contents.get(i).equals(found)) {
                    return false;
                }
            }
            throw new AssertionError(story + ", the store is as it never was after batch " + first);
        } catch (CorruptionException e) {
            return true;
        }
    }
}
