package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.manifest.LsmFileNames;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;

/**
 * Damaged copies of databases, each repaired here and by the native LevelDB. {@code -Drepair.copies=300} makes more of them;
 * {@code -Dseed=} makes others.
 */
class LsmRepairAgainstLevelDbTest {
    private static final List<String> DATABASES = List.of("snappy-bloom", "plain-compacted", "unclean-shutdown");
    private static final int COPIES = Integer.getInteger("repair.copies", 15);
    private static final long SEED = Long.getLong("seed", 12);
    private static final LsmOptions OPTIONS = LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND);

    /** How a file is damaged. */
    private enum Damage {
        BIT,
        BYTE,
        SEVERAL_BYTES,
        SECTOR,
        CUT;

        byte[] applied(byte[] whole, Random random) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            switch (this) {
                case BIT -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                case BYTE -> bytes[at] ^= (byte) (1 + random.nextInt(255));
                case SEVERAL_BYTES -> {
                    byte[] others = new byte[Math.min(2 + random.nextInt(63), bytes.length - at)];
                    random.nextBytes(others);
                    System.arraycopy(others, 0, bytes, at, others.length);
                }
                case SECTOR -> {
                    int from = at / 512 * 512;
                    Arrays.fill(bytes, from, Math.min(from + 512, bytes.length), (byte) 0);
                }
                case CUT -> bytes = Arrays.copyOf(bytes, at);
            }
            return bytes;
        }
    }

    /** What repairs have brought. */
    private static final class Tally {
        private long right; // the value that the key had last
        private long stale; // one that it had before, or was deleted with
        private long wrong; // one that it never had
        private int failed; // copies that could not be repaired, or not be opened then

        private void count(TreeMap<Slice, Slice> found, TreeMap<Slice, Slice> expected, Map<Slice, Set<Slice>> ever) {
            found.forEach((key, value) -> {
                if (value.equals(expected.get(key))) {
                    right++;
                } else if (ever.getOrDefault(key, Set.of()).contains(value)) {
                    stale++;
                } else {
                    wrong++;
                }
            });
        }

        private void add(Tally other) {
            right += other.right;
            stale += other.stale;
            wrong += other.wrong;
            failed += other.failed;
        }

        @Override
        public String toString() {
            return right + " right, " + stale + " stale, " + wrong + " wrong, " + failed + " failed";
        }
    }

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a repair keeps more than LevelDB's, and never a value that a key did not have")
    void againstLevelDb() throws IOException {
        LevelDbDatabases.assumeNativeLevelDb();
        Random random = new Random(SEED);
        Map<Damage, Tally> ours = new TreeMap<>();
        Map<Damage, Tally> theirs = new TreeMap<>();
        for (String name : DATABASES) {
            Path whole = Files.createDirectory(directory.resolve(name));
            LevelDbDatabases.copy(name, whole);
            TreeMap<Slice, Slice> expected = LevelDbDatabases.expected(name);
            Map<Slice, Set<Slice>> ever = valuesEver(whole);
            List<Path> files = tablesAndLogs(whole);
            for (int i = 0; i < COPIES / DATABASES.size(); i++) {
                Damage damage = Damage.values()[i % Damage.values().length];
                Path file = files.get(random.nextInt(files.size()));
                byte[] damaged = damage.applied(Files.readAllBytes(file), random);
                Path copy = directory.resolve("ours");
                Path other = directory.resolve("theirs");
                for (Path home : List.of(copy, other)) {
                    PathUtils.copyDirectory(whole, home);
                    Files.write(home.resolve(file.getFileName()), damaged);
                }
                repairedHere(copy, ours.computeIfAbsent(damage, kind -> new Tally()), expected, ever);
                repairedByLevelDb(other, theirs.computeIfAbsent(damage, kind -> new Tally()), expected, ever);
                PathUtils.deleteDirectory(copy);
                PathUtils.deleteDirectory(other);
            }
        }
        Tally here = new Tally();
        Tally there = new Tally();
        ours.forEach((damage, tally) -> {
            System.out.println("repair of " + damage + ": here " + tally + "; LevelDB " + theirs.get(damage));
            here.add(tally);
            there.add(theirs.getOrDefault(damage, new Tally()));
        });
        System.out.println(COPIES + " copies, seed " + SEED + ": here " + here + "; LevelDB " + there);
        assertEquals(0, here.wrong, "values that a key never had: " + here);
        assertEquals(0, here.failed, "stores that could not be repaired");
        assertThat("keys with the right value, compared with LevelDB's " + there, here.right, greaterThan(there.right));
    }

    private static void repairedHere(
            Path home, Tally tally, TreeMap<Slice, Slice> expected, Map<Slice, Set<Slice>> ever) {
        LsmRepair.repair(home, OPTIONS);
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            tally.count(LevelDbDatabases.forward(store), expected, ever);
        }
    }

    private static void repairedByLevelDb(
            Path home, Tally tally, TreeMap<Slice, Slice> expected, Map<Slice, Set<Slice>> ever) throws IOException {
        LevelDbDatabases.useLegacyNames(home);
        Options options = new Options().createIfMissing(false).compressionType(CompressionType.NONE);
        try {
            JniDBFactory.factory.repair(home.toFile(), options);
            try (DB db = JniDBFactory.factory.open(home.toFile(), options)) {
                tally.count(LevelDbDatabases.contentOf(db), expected, ever);
            }
        } catch (IOException | RuntimeException e) {
            tally.failed++;
        }
    }

    private static List<Path> tablesAndLogs(Path home) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : LsmFileNames.list(home)) {
            String name = file.getFileName().toString();
            if ((name.endsWith(".ldb") || name.endsWith(".log")) && Files.size(file) > 0) {
                files.add(file);
            }
        }
        files.sort(Path::compareTo);
        return files;
    }

    /** All values that tables and logs have of each key, whenever it was. */
    private static Map<Slice, Set<Slice>> valuesEver(Path home) throws IOException {
        Map<Slice, Set<Slice>> values = new HashMap<>();
        for (Path file : tablesAndLogs(home)) {
            if (file.toString().endsWith(".log")) {
                try (BatchLogReader log =
                        new BatchLogReader(file, new StatsRecorder(), BatchLogReader.ANY, damage -> {})) {
                    for (BatchRecord batch = log.next(); batch != null; batch = log.next()) {
                        for (WriteBatch.Operation operation : batch.batch().operations()) {
                            if (operation instanceof WriteBatch.Put put) {
                                values.computeIfAbsent(put.key(), key -> new HashSet<>())
                                        .add(put.value());
                            }
                        }
                    }
                }
                continue;
            }
            try (SsTable table = SsTable.open(
                            new ChannelSource(file, new StatsRecorder()), count -> BlockSlots.none(), null);
                    InternalCursor entries = table.cursor()) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    if (InternalKey.kind(entries.key()) == ValueKind.VALUE) {
                        values.computeIfAbsent(InternalKey.userKey(entries.key()), key -> new HashSet<>())
                                .add(entries.value());
                    }
                }
            }
        }
        return values;
    }
}
