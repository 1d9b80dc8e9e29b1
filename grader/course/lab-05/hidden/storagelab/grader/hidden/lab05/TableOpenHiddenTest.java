package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.bloom.FilterPolicy;
import storagelab.disk.DiskCall;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableOptions;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.KeepingSlots;

/** Exercise 5.5: what is left when a table does not open, and what gets refuse, ask and look at. */
@Tag("5.5")
class TableOpenHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("storagelab.Keys");

    private final TableDisk home = new TableDisk();
    private final TreeMap<Slice, Slice> entries = Blocks.none();

    TableOpenHiddenTest() {
        for (int i = 0; i < 100; i++) {
            entries.put(Blocks.put("key%03d".formatted(2 * i), 7), Slice.utf8("value " + i));
        }
    }

    private TableDisk built(int baseBits) {
        TableDisk built = new TableDisk();
        built.build(
                entries,
                TableOptions.defaults().withBlockBytes(300).withFilter(KEYS).withFilterBaseBits(baseBits));
        return built;
    }

    @Test
    @DisplayName(
            "whatever is thrown while a table is opened, damage, an error of the disk or another: its file is closed")
    void closedWhateverIsThrown() {
        TableDisk home = built(11);
        for (int nth = 1; nth <= 4; nth++) {
            home.disk.faults().failOnce(DiskCall.READ, nth);
            assertThrows(StorageException.class, () -> home.open(KEYS), "opening, while the disk fails");
            assertEquals(0, home.disk.openFiles(), "files left open when read " + nth + " of opening has failed");
        }
        for (Throwable thrown :
                List.of(new IllegalStateException("for the test"), new AssertionError("for the test"))) {
            Throwable caught = assertThrows(
                    thrown.getClass(),
                    () -> home.open(
                            count -> {
                                if (thrown instanceof Error error) {
                                    throw error;
                                }
                                throw (RuntimeException) thrown;
                            },
                            KEYS),
                    "opening, when no places can be had");
            assertTrue(caught == thrown, "another exception was thrown than that of the cache: " + caught);
            assertEquals(0, home.disk.openFiles(), "files left open when the cache has thrown " + thrown);
        }
    }

    @Test
    @DisplayName("places are asked for when everything else has gone well: not before damaged filters were met")
    void placesComeLast() {
        Slice outside = TableForge.handle(1 << 20, 100);
        byte[] bytes = new TableForge()
                .data(entries, Compression.NONE)
                .meta("filter.storagelab.Keys", outside)
                .finish();
        home.holding(bytes);
        AtomicInteger asked = new AtomicInteger();
        assertThrows(
                CorruptionException.class,
                () -> home.open(
                        count -> {
                            asked.incrementAndGet();
                            return BlockSlots.none();
                        },
                        KEYS),
                "a table whose filters are not inside of the file");
        assertEquals(0, asked.get(), "times that places were asked for by a table that did not open");
    }

    @Test
    @DisplayName("filters of policies whose names begin or end as that of the policy are left alone")
    void otherNames() {
        Slice outside = TableForge.handle(1 << 20, 100);
        for (String name : List.of(
                "filter.storagelab.Keys2",
                "filter.storagelab.Key",
                "filter.storagelab.keys",
                "storagelab.Keys",
                "a.filter.storagelab.Keys")) {
            Step.at("opening a table with a filter called " + name + ", which another policy has made");
            byte[] bytes = new TableForge()
                    .data(entries, Compression.NONE)
                    .meta(name, outside)
                    .finish();
            try (SsTable table = home.holding(bytes).open(KEYS)) {
                assertTrue(table.get(Slice.utf8("key002"), 9).isPresent(), "a key that is there, with " + name);
            }
        }
    }

    @Test
    @DisplayName(
            "an entry that is neither a put nor a deletion is damage for a get that finds it, with file and offset")
    void unknownKind() {
        for (String kind : List.of("02", "7f", "ff")) {
            TableForge forge = new TableForge();
            forge.append(Slice.utf8("first"), 0);
            byte[] block = Blocks.bytes(entries("a"), 16);
            block[4] = (byte) Integer.parseInt(kind, 16); // the tag comes after three lengths and the key
            forge.indexed(Blocks.put("m", 1), forge.append(Slice.wrap(block), 0));
            try (SsTable table = home.holding(forge.finish()).open(null)) {
                CorruptionException e = assertThrows(
                        CorruptionException.class,
                        () -> table.get(Slice.utf8("a"), InternalKey.MAX_SEQUENCE),
                        "a get of an entry of kind 0x" + kind);
                assertEquals((long) forge.offsets().get(1), e.offset(), "the offset of the exception, kind 0x" + kind);
            }
        }
    }

    private static TreeMap<Slice, Slice> entries(String user) {
        TreeMap<Slice, Slice> one = Blocks.none();
        one.put(Blocks.put(user, 5), Slice.utf8("1"));
        return one;
    }

    @Test
    @DisplayName("a sequence that there cannot be is refused for any key, also for one that is not there")
    void sequences() {
        for (int baseBits : new int[] {11, 31}) {
            try (SsTable table = built(baseBits).open(KEYS)) {
                for (String key : List.of("key002", "key003", "zebra", "")) {
                    for (long sequence : new long[] {-1, InternalKey.MAX_SEQUENCE + 1, Long.MIN_VALUE}) {
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> table.get(Slice.utf8(key), sequence),
                                "get(" + key + ", " + sequence + ")");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("one filter for the whole table is asked before the index, of several that of the block; once a get")
    void askedFirst() {
        AskedFilters policy = new AskedFilters(KEYS, KEYS.name());
        for (int baseBits : new int[] {11, 31}) {
            try (SsTable table = built(baseBits).open(policy)) {
                Slice after = Slice.utf8("zebra");
                assertEquals(Optional.empty(), table.get(after, 9), "a key after all blocks");
                assertEquals(
                        baseBits == 31 ? List.of(after) : List.of(),
                        policy.asked(),
                        "what the filters were asked for by a get of a key after all blocks, with filters of 2^"
                                + baseBits + " bytes");
                policy.forget();
            }
        }
    }

    @Test
    @DisplayName("a get of a key after all blocks does not look into the places")
    void behindAll() {
        KeepingSlots slots = new KeepingSlots();
        try (SsTable table = built(11).open(count -> slots, null)) {
            table.get(Slice.utf8("zebra"), 9);
            assertEquals(0, slots.looks(), "looks into the places for a key after all blocks, without filters");
        }
    }

    @Test
    @DisplayName("a salvage passes over damage and nothing else: an error of the disk is for its caller")
    void salvageAndTheDisk() {
        TableDisk home = built(11);
        List<CorruptionException> told = new ArrayList<>();
        try (SsTable table = home.open(KEYS)) {
            InternalCursor cursor = table.salvageCursor(told::add);
            home.disk.faults().failFrom(DiskCall.READ, 1);
            assertThrows(StorageException.class, () -> Blocks.walk(cursor), "a salvage while the disk reads nothing");
            assertEquals(List.of(), told, "damage that was told of while the disk read nothing");
            home.disk.faults().clear();
            assertEquals(entries, Blocks.walk(table.salvageCursor(told::add)), "a salvage when the disk reads again");
        }
    }
}
