package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.DurableTableList;
import storagelab.sortedlog.PublishedTables;
import storagelab.testkit.Seeds;

/** Exercise 1.9: the list of tables, published atomically. */
@Tag("1.9")
class TableListHiddenTest {
    private static final PublishedTables BEFORE = new PublishedTables(List.of(1L), 2);
    private static final PublishedTables AFTER = new PublishedTables(List.of(3L, 1L), 4);

    private final CrashDisk disk = CrashDisk.create();
    private final DurableTableList list = listOn(disk);

    @Test
    @DisplayName("what was published last is read, also by another list on the same directory")
    void readsWhatWasPublished() {
        assertEquals(Optional.empty(), list.read(), "read() before anything was published");
        Seeds.check(50, random -> {
            List<Long> numbers = new ArrayList<>();
            for (int i = random.nextInt(6) * random.nextInt(40); i > 0; i--) {
                numbers.add(random.nextLong() >>> (1 + random.nextInt(62)));
            }
            PublishedTables published = new PublishedTables(numbers, random.nextInt(1000));
            list.publish(published);
            assertEquals(Optional.of(published), list.read(), "read() after publish(" + published + ")");
            assertEquals(
                    Optional.of(published),
                    listOn(disk).read(),
                    "read() by another list, after publish(" + published + ")");
            assertThat(
                    "TABLES after publish(" + published + ")", Bytes.read(file(disk)), sameBytesAs(encode(published)));
        });
    }

    @Test
    @DisplayName("every bit that changes in the list, and every byte that is missing or too many, is found")
    void damage() {
        byte[] whole = encode(new PublishedTables(List.of(7L, 4L, 1_000_000L), 8));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            Bytes.write(file(disk), Bytes.flipped(whole, bit));
            assertThat("bit " + bit % 8 + " of byte " + bit / 8 + " turned over", list::read, findsDamageIn("TABLES"));
        }
        for (int length = 0; length < whole.length + 5; length++) {
            if (length != whole.length) {
                Bytes.write(file(disk), Bytes.resized(whole, length));
                assertThat(
                        "a list of " + whole.length + " bytes in a file of " + length,
                        list::read,
                        findsDamageIn("TABLES"));
            }
        }
        byte[] otherMagic = new ByteWriter(64)
                .putFixed64(0x3154534c544c5300L)
                .putFixed64(8)
                .putVarint32(0)
                .toSlice()
                .toByteArray();
        Bytes.write(file(disk), withCrc(otherMagic));
        assertThat("another magic number, checksum right", list::read, findsDamageIn("TABLES"));
        byte[] longer = Bytes.joined(Bytes.resized(whole, whole.length - 4), new byte[] {0});
        Bytes.write(file(disk), withCrc(longer));
        assertThat("a byte after the last table, checksum right", list::read, findsDamageIn("TABLES"));
    }

    @Test
    @DisplayName("after a crash at any moment of a publication the old list or the new one is there, whole")
    void everyCrash() throws Exception {
        List<PublishedTables> versions = List.of(
                PublishedTables.NONE,
                new PublishedTables(List.of(1L), 2),
                new PublishedTables(List.of(3L, 1L), 4),
                new PublishedTables(List.of(5L), 4),
                new PublishedTables(manyNumbers(), 7));
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(Seeds.base()).withRandomImages(8),
                recorded -> {
                    DurableTableList published = listOn(recorded);
                    for (int i = 0; i < versions.size(); i++) {
                        published.publish(versions.get(i));
                        recorded.ack(i);
                    }
                },
                crash -> {
                    int acknowledged = crash.acknowledged().size();
                    Optional<PublishedTables> found = listOn(crash.disk()).read();
                    Optional<PublishedTables> before =
                            acknowledged == 0 ? Optional.empty() : Optional.of(versions.get(acknowledged - 1));
                    boolean next =
                            acknowledged < versions.size() && found.equals(Optional.of(versions.get(acknowledged)));
                    assertTrue(
                            found.equals(before) || next,
                            "after " + acknowledged + " publications were acknowledged, the list is " + found);
                });
    }

    @Test
    @DisplayName("a file that an earlier crash left half written does not disturb a publication")
    void leftOverTemporaryFile() {
        Bytes.write(disk.root().resolve("TABLES.tmp"), new byte[1000]);
        PublishedTables published = new PublishedTables(List.of(2L), 3);
        list.publish(published);
        assertThat("TABLES after publish(" + published + ")", Bytes.read(file(disk)), sameBytesAs(encode(published)));
    }

    @Test
    @DisplayName("when the disk refuses any step of a publication, it is reported and a whole list stays")
    void refusedByTheDisk() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.METADATA, DiskCall.DIRECTORY_SYNC)) {
            long calls = callsOfOnePublication(call);
            assertTrue(calls > 0, "a publication makes no call of the kind " + call);
            for (long first = 1; first <= calls; first++) {
                refused(call, first, "publish when the disk refuses " + call + " from call " + first + " on");
            }
        }
    }

    private static long callsOfOnePublication(DiskCall call) {
        CrashDisk counted = CrashDisk.create();
        DurableTableList published = listOn(counted);
        published.publish(BEFORE);
        DiskCounters start = counted.counters();
        published.publish(AFTER);
        DiskCounters cost = counted.counters().since(start);
        return switch (call) {
            case WRITE -> cost.writes();
            case SYNC -> cost.syncs();
            case METADATA -> cost.metadataChanges();
            case DIRECTORY_SYNC -> cost.directorySyncs();
            case READ -> cost.reads();
        };
    }

    private static void refused(DiskCall call, long first, String what) {
        CrashDisk failing = CrashDisk.create();
        DurableTableList published = listOn(failing);
        published.publish(BEFORE);
        failing.faults().failFrom(call, first);
        assertThrows(StorageIoException.class, () -> published.publish(AFTER), what);
        failing.faults().clear();
        Optional<PublishedTables> found = listOn(failing).read();
        assertTrue(
                found.equals(Optional.of(BEFORE)) || found.equals(Optional.of(AFTER)),
                "the list after " + what + " is " + found);
    }

    @Test
    @DisplayName("making a list object neither reads nor writes")
    void constructorTouchesNothing() {
        Path temporary = Bytes.write(disk.root().resolve("TABLES.tmp"), new byte[10]);
        DiskCounters before = disk.counters();
        listOn(disk);
        DiskCounters cost = disk.counters().since(before);
        assertEquals(
                0, cost.reads() + cost.writes() + cost.syncs() + cost.directorySyncs(), "calls of the constructor");
        assertTrue(Files.exists(temporary), "the constructor deleted TABLES.tmp");
    }

    @Test
    @DisplayName("a publication costs two syncs: the new file and the directory")
    void cost() {
        list.publish(PublishedTables.NONE);
        DiskCounters before = disk.counters();
        list.publish(new PublishedTables(List.of(1L), 2));
        DiskCounters cost = disk.counters().since(before);
        assertThat(
                "a publication, syncs of files",
                cost.syncs(),
                atMost(1, "syncs", "sync the new file once, when it is complete"));
        assertThat(
                "a publication, syncs of directories",
                cost.directorySyncs(),
                atMost(1, "syncs", "sync the directory once, after the rename"));
    }

    private static List<Long> manyNumbers() {
        List<Long> numbers = new ArrayList<>();
        for (long number = 3000; number > 2000; number--) {
            numbers.add(number);
        }
        return numbers;
    }

    private static DurableTableList listOn(CrashDisk disk) {
        return new DurableTableList(disk.root(), new StatsRecorder());
    }

    private static Path file(CrashDisk disk) {
        return disk.root().resolve("TABLES");
    }

    static byte[] encode(PublishedTables tables) {
        ByteWriter bytes = new ByteWriter(64)
                .putFixed64(0x31545349_4c544c53L)
                .putFixed64(tables.firstLog())
                .putVarint32(tables.newestFirst().size());
        tables.newestFirst().forEach(bytes::putVarint64);
        return withCrc(bytes.toSlice().toByteArray());
    }

    private static byte[] withCrc(byte[] bytes) {
        ByteWriter crc = new ByteWriter(4).putFixed32(Crc32c.of(bytes));
        return Bytes.joined(bytes, crc.toSlice().toByteArray());
    }
}
