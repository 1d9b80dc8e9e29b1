package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteWriter;
import storagelab.grader.hidden.lab05.TableDump.Part;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalKey;
import storagelab.sstable.TableOptions;
import storagelab.testkit.Seeds;

/** Exercise 5.5: the filters in a table's file. */
@Tag("5.5")
class TableFiltersHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("storagelab.Keys");

    @Test
    @DisplayName(
            "the filter block has one filter for each 2,048 bytes, or as many as the options say, of the file in which"
                    + " data blocks begin, of their keys")
    void places() {
        Seeds.check(40, random -> {
            int baseBits = new int[] {11, 11, 0, 13, 31}[random.nextInt(5)];
            TreeMap<Slice, Slice> entries = Blocks.random(random, 400);
            entries.put(Blocks.randomKey(random, 5), Slice.wrap(new byte[random.nextInt(9000)]));
            TableDisk home = new TableDisk();
            home.build(
                    entries,
                    new TableOptions(
                            1 + random.nextInt(6000),
                            16,
                            random.nextBoolean() ? Compression.NONE : Compression.SNAPPY,
                            KEYS,
                            baseBits));
            TableDump table = home.dump();
            assertEquals(Set.of("filter.storagelab.Keys"), table.meta().keySet(), "names in the metaindex");
            Part filters = table.meta().getOrDefault("filter.storagelab.Keys", table.metaindex());
            assertEquals(Blocks.hex(expected(table, baseBits)), Blocks.hex(filters.raw()), "the filter block");
            assertEquals(Compression.NONE.code(), filters.code(), "the code of the filter block");
        });
    }

    /** The filter block that belongs to the data blocks of a table. */
    private static Slice expected(TableDump table, int baseBits) {
        List<List<Slice>> filters = new ArrayList<>();
        for (Part part : table.data()) {
            while (filters.size() <= part.offset() >> baseBits) {
                filters.add(new ArrayList<>());
            }
            for (Map.Entry<Slice, Slice> entry : part.entries()) {
                filters.get(filters.size() - 1).add(InternalKey.userKey(entry.getKey()));
            }
        }
        long end = table.data().get(table.data().size() - 1).end();
        while (filters.size() < end >> baseBits) {
            filters.add(List.of());
        }
        ByteWriter out = new ByteWriter(1 << 16);
        List<Integer> offsets = new ArrayList<>();
        for (List<Slice> keys : filters) {
            offsets.add(out.size());
            if (!keys.isEmpty()) {
                out.putBytes(KEYS.create(keys));
            }
        }
        int offsetsAt = out.size();
        offsets.forEach(out::putFixed32);
        return out.putFixed32(offsetsAt).putByte(baseBits).toSlice();
    }

    @Test
    @DisplayName("filters are not compressed, though they might become smaller")
    void notCompressed() {
        FilterPolicy zeros = new FilterPolicy() {
            @Override
            public String name() {
                return "zeros";
            }

            @Override
            public Slice create(List<Slice> keys) {
                return Slice.wrap(new byte[5000]);
            }

            @Override
            public boolean mayContain(Slice filter, Slice key) {
                return true;
            }
        };
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("a", 1), Slice.wrap(new byte[5000]));
        TableDisk home = new TableDisk();
        home.build(
                entries,
                TableOptions.defaults().withCompression(Compression.SNAPPY).withFilter(zeros));
        TableDump table = home.dump();
        assertEquals(Compression.SNAPPY.code(), table.data().get(0).code(), "the code of a data block of zeros");
        Part filters = table.meta().getOrDefault("filter.zeros", table.metaindex());
        assertEquals(Compression.NONE.code(), filters.code(), "the code of a filter block of zeros");
        assertTrue(filters.storedBytes() > 5000, "the filter block has " + filters.storedBytes() + " bytes");
    }
}
