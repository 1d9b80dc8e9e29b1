package storagelab.cost;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.KeyValueStore;
import storagelab.api.MaintenanceKind;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * Measures a {@link HardwareProfile}: the device with a file of 16 MiB, the processor with both engines when all of their data is in
 * memory. Of several runs the fastest counts, since whatever else the machine does only makes a run slower; but of syncs the mean
 * counts, since that is what writers wait for.
 *
 * <p>The file has just been written, so that the operating system has it in its memory: reads cost what they cost as long as the data
 * fits there. For data that does not fit, take {@link HardwareProfile#withDevice} with the time that the maker of the device says.
 *
 * <p>Cost: about five seconds, and 40 MiB in the directory, which are deleted again.
 */
public final class Calibration {
    private static final int FILE_BYTES = 16 << 20;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int SYNCS = 16;
    private static final int BLOCKS = 1_000;
    private static final int ENTRIES = 20_000;
    private static final int REQUESTS = 5_000;
    private static final int ROUNDS = 40;
    private static final int PASSES =
            4; // over all measurements of the processor; in the first ones, code is not compiled yet
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double LEAST_MICROS = 1e-6; // nothing is free, even if the clock is too coarse to see it

    private final Path directory;
    private final LongSupplier nanoTime;
    private final SplittableRandom random;
    private final Slice[] keys = new Slice[ENTRIES]; // made before anything is timed
    private final Slice[] absent = new Slice[ENTRIES];
    private final Slice[] values = new Slice[ENTRIES];

    private Calibration(Path directory, LongSupplier nanoTime, long seed) {
        this.directory = directory;
        this.nanoTime = nanoTime;
        this.random = new SplittableRandom(seed);
        for (int number = 0; number < ENTRIES; number++) {
            String digits = "%016d".formatted(number);
            keys[number] = Slice.utf8(digits);
            absent[number] = Slice.utf8(digits + "-");
            values[number] = value();
        }
    }

    /**
     * The profile of this machine, with the prices of {@link HardwareProfile#defaults}.
     *
     * @param directory on the device; it must exist, and must have none of the names {@code calibration}, {@code calibration-btree}
     *     and {@code calibration-lsm}
     * @param nanoTime the time
     * @param seed of the places that are read and written
     * @throws StorageIoException if the file system refuses
     */
    public static HardwareProfile measure(Path directory, LongSupplier nanoTime, long seed) {
        Calibration calibration = new Calibration(directory, nanoTime, seed);
        return new HardwareProfile(
                calibration.device(),
                calibration.processor(),
                HardwareProfile.defaults().prices());
    }

    /** Something that is timed. */
    private interface Timed {
        void run() throws IOException;
    }

    /** How many microseconds the fastest run takes for each of {@code parts} parts. */
    private double fastest(int runs, double parts, Timed timed) throws IOException {
        double fastest = Double.POSITIVE_INFINITY;
        for (int run = 0; run < runs; run++) {
            long start = nanoTime.getAsLong();
            timed.run();
            fastest = Math.min(fastest, (double) (nanoTime.getAsLong() - start));
        }
        return Math.max(LEAST_MICROS, fastest / NANOS_PER_MICRO / parts);
    }

    private HardwareProfile.Device device() {
        Path file = directory.resolve("calibration");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            random.nextBytes(chunk.array());
            double write = fastest(2, FILE_BYTES, () -> {
                for (long at = 0; at < FILE_BYTES; at += CHUNK_BYTES) {
                    writeAt(channel, chunk, at);
                }
                channel.force(false);
            });
            double read = fastest(ROUNDS, FILE_BYTES, () -> {
                for (long at = 0; at < FILE_BYTES; at += CHUNK_BYTES) {
                    readAt(channel, chunk, at);
                }
            });
            ByteBuffer page = ByteBuffer.allocate(Work.PAGE_BYTES);
            double blockRead = fastest(ROUNDS, BLOCKS, () -> {
                for (int i = 0; i < BLOCKS; i++) {
                    readAt(channel, page, place());
                }
            });
            double pageWrite = fastest(2, BLOCKS, () -> {
                for (int i = 0; i < BLOCKS; i++) {
                    writeAt(channel, page, place());
                }
                channel.force(false);
            });
            double sync = fastest(1, SYNCS, () -> {
                for (int i = 0; i < SYNCS; i++) {
                    writeAt(channel, page, channel.size());
                    channel.force(false);
                }
            });
            Files.delete(file);
            return sane(new HardwareProfile.Device(sync, read, write, blockRead, pageWrite));
        } catch (IOException e) {
            throw new StorageIoException("calibrating in " + directory, e);
        }
    }

    /** A page at a random place is not cheaper than as many bytes in a row: where it came out so, something else was slow. */
    private static HardwareProfile.Device sane(HardwareProfile.Device measured) {
        return new HardwareProfile.Device(
                measured.syncMicros(),
                measured.readMicrosPerByte(),
                measured.writeMicrosPerByte(),
                Math.max(measured.blockReadMicros(), measured.readMicrosPerByte() * Work.PAGE_BYTES),
                Math.max(measured.pageWriteMicros(), measured.writeMicrosPerByte() * Work.PAGE_BYTES));
    }

    private long place() {
        return (long) random.nextInt(FILE_BYTES / Work.PAGE_BYTES) * Work.PAGE_BYTES;
    }

    private static void writeAt(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            int unused = channel.write(bytes, at + bytes.position());
        }
    }

    private static void readAt(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // the rest comes with the next read
        }
    }

    /** Of the last pass. A pass in a process that has just begun gives times that are two to ten times as long. */
    private HardwareProfile.Processor processor() {
        try {
            Path btree = directory.resolve("calibration-btree");
            Path lsm = directory.resolve("calibration-lsm");
            HardwareProfile.@Nullable Processor measured = null;
            for (int pass = 0; pass < PASSES; pass++) {
                measured = processor(btree, lsm);
                for (Path used : new Path[] {btree, lsm}) {
                    delete(used);
                }
            }
            return Objects.requireNonNull(measured);
        } catch (IOException e) {
            throw new StorageIoException("calibrating in " + directory, e);
        }
    }

    private HardwareProfile.Processor processor(Path btree, Path lsm) throws IOException {
        try (BTreeStore tree = BTreeStore.open(btree, BTreeOptions.defaults());
                LsmStore tables = LsmStore.open(
                        lsm,
                        LsmOptions.defaults()
                                .withFileAccess(FileAccess.CHANNEL)
                                .withMaintenance(MaintenanceKind.FOREGROUND)
                                .withoutLog())) {
            fill(tree);
            double write = fastest(ROUNDS / 2, REQUESTS, () -> writes(tables));
            fill(tables);
            tables.compactAll();
            double treeGet = fastest(ROUNDS, REQUESTS, () -> gets(tree, keys));
            double hit = fastest(ROUNDS, REQUESTS, () -> gets(tables, keys));
            double miss = fastest(ROUNDS, REQUESTS, () -> gets(tables, absent));
            double entry = fastest(ROUNDS, ENTRIES, () -> scan(tree));
            byte[] from = new byte[CHUNK_BYTES];
            byte[] to = new byte[CHUNK_BYTES];
            double copy = fastest(ROUNDS, CHUNK_BYTES, () -> System.arraycopy(from, 0, to, 0, from.length));
            int runs = Math.max(1, tables.version().runs().size());
            double run = miss / runs;
            return new HardwareProfile.Processor(
                    treeGet / tree.verify().depth(), run, Math.max(LEAST_MICROS, hit - miss), write, entry, copy);
        }
    }

    private void fill(KeyValueStore store) {
        for (int number = 0; number < ENTRIES; number++) {
            store.put(keys[number], values[number]);
        }
    }

    private Slice value() {
        byte[] bytes = new byte[100];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    private void writes(KeyValueStore store) {
        for (int i = 0; i < REQUESTS; i++) {
            int number = random.nextInt(ENTRIES);
            store.put(keys[number], values[number]);
        }
    }

    private void gets(KeyValueStore store, Slice[] asked) {
        int found = 0;
        for (int i = 0; i < REQUESTS; i++) {
            found += store.get(asked[random.nextInt(ENTRIES)]).isPresent() ? 1 : 0;
        }
        if (found != (asked == keys ? REQUESTS : 0)) {
            throw new AssertionError(found + " of " + REQUESTS + " keys found");
        }
    }

    private static void scan(OrderedStore store) {
        int entries = 0;
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries += cursor.value().length() > 0 ? 1 : 0;
            }
        }
        if (entries != ENTRIES) {
            throw new AssertionError(entries + " entries and not " + ENTRIES);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
