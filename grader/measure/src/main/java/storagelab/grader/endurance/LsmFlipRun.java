package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.manifest.LsmFileNames;

/**
 * Damages one file of a closed log-structured merge tree, whichever, and reads everything: what is returned is right, until
 * the damage is reported. If it is a log that is damaged, the store may be as it was some writes ago; no write is half there.
 */
final class LsmFlipRun {
    private static final int KEYS = 250;
    private static final int WRITES = 2_500;
    private static final int VALUE_BYTES = 60;

    private final LsmOptions options;
    private final Random random;
    private final List<TreeMap<Slice, Slice>> contents = new ArrayList<>(); // after each of the last writes
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final int writesInTables; // which no damage of a log takes away

    /**
     * What came of the damages.
     *
     * @param detected reported as damage, before anything wrong was returned
     * @param harmless everything was as before, or as it was some writes ago
     */
    public record Outcome(long detected, long harmless) {}

    private LsmFlipRun(LsmOptions options, long seed) throws IOException {
        this.options = options;
        this.random = new Random(seed);
        write();
        CrashDisk disk = diskWith("", new byte[0]);
        try (LsmStore store = LsmStore.open(disk.root(), options)) {
            this.writesInTables =
                    Math.toIntExact(WRITES - store.recoveryReport().operations());
        }
    }

    /**
     * Tries so many damages, one at a time, of stores with each kind of picker.
     *
     * @throws AssertionError at the first one that has an answer which is wrong, or an exception that is not about damage
     */
    public static Outcome of(long damages, long seed) throws IOException {
        List<LsmOptions> shapes = SmallLsm.withEachPicker();
        long detected = 0;
        for (int i = 0; i < shapes.size(); i++) {
            LsmFlipRun run = new LsmFlipRun(shapes.get(i), seed + i);
            for (long left = damages / shapes.size(); left > 0; left--) {
                detected += run.isDetected() ? 1 : 0;
            }
        }
        return new Outcome(detected, damages / shapes.size() * shapes.size() - detected);
    }

    /** A store with tables on many levels, deleted keys, and writes that are only in its log. */
    private void write() throws IOException {
        CrashDisk disk = CrashDisk.create();
        TreeMap<Slice, Slice> content = new TreeMap<>();
        contents.add(new TreeMap<>());
        try (LsmStore store = LsmStore.open(disk.root(), options)) {
            for (int i = 0; i < WRITES; i++) {
                Slice key = Slice.utf8("key %03d".formatted(random.nextInt(KEYS)));
                if (random.nextInt(5) == 0) {
                    store.delete(key);
                    content.remove(key);
                } else {
                    Slice value = Slice.utf8(i + "v".repeat(random.nextInt(VALUE_BYTES)));
                    store.put(key, value);
                    content.put(key, value);
                }
                contents.add(new TreeMap<>(content));
            }
        }
        try (Stream<Path> list = Files.list(disk.root())) {
            for (Path file : list.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    private boolean isDetected() throws IOException {
        List<Map.Entry<String, byte[]>> candidates = files.entrySet().stream()
                .filter(file -> file.getValue().length > 0)
                .toList();
        Map.Entry<String, byte[]> chosen = candidates.get(random.nextInt(candidates.size()));
        Damage damage = Damage.of(chosen.getValue(), random);
        String story = "with " + chosen.getKey() + " " + damage.story();
        CrashDisk disk = diskWith(chosen.getKey(), damage.bytes());
        boolean isLog = LsmFileNames.parse(Path.of(chosen.getKey()))
                .map(name -> name.kind() == LsmFileNames.Kind.LOG)
                .orElse(false);
        try {
            return isDetected(disk, story, isLog);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(story + ": " + e, e);
        }
    }

    /** The files of the store, one of them with other bytes. */
    private CrashDisk diskWith(String name, byte[] others) throws IOException {
        CrashDisk disk = CrashDisk.create();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(disk.root().resolve(file.getKey()), file.getKey().equals(name) ? others : file.getValue());
        }
        return disk;
    }

    private boolean isDetected(CrashDisk disk, String story, boolean isLog) {
        try (LsmStore store = LsmStore.open(disk.root(), options)) {
            TreeMap<Slice, Slice> expected = isLog ? momentOf(store, story) : contents.get(contents.size() - 1);
            Contents.check(store, expected, story + ", the store");
            for (int i = 0; i < KEYS; i++) {
                Slice key = Slice.utf8("key %03d".formatted(i));
                if (!store.get(key).equals(Optional.ofNullable(expected.get(key)))) {
                    throw new AssertionError(story + ", get(" + key + ") is wrong");
                }
            }
            store.verify();
            return !store.recoveryReport().isClean();
        } catch (CorruptionException e) {
            return true;
        } catch (StorageIoException e) {
            if (isAboutTheOrderOfKeys(e)) {
                return true;
            }
            throw e;
        }
    }

    /** A bit of the name of the comparator is turned over: the store is refused as one of a program that knows more. */
    private static boolean isAboutTheOrderOfKeys(StorageIoException e) {
        return String.valueOf(e.getMessage()).contains("says that its keys are in the order");
    }

    /** The newest moment whose content the store has, of those at which all was written that is in tables. */
    private TreeMap<Slice, Slice> momentOf(LsmStore store, String story) {
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        for (int i = contents.size() - 1; i >= writesInTables; i--) {
            if (contents.get(i).equals(found)) {
                return found;
            }
        }
        throw new AssertionError(story + ", the store is as it never was");
    }
}
