package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.codec.MalformedBytesException;
import storagelab.disk.CrashDisk;
import storagelab.kin.ColumnTable.Filter;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Seeds;

class ColumnTableTest {
    private static final List<String> COLUMNS = List.of("id", "country", "population", "capital");

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    @Test
    @DisplayName("the examples of the page: a dictionary, runs, and differences")
    void examples() {
        Slice dictionary = ColumnChunk.encode(List.of("FR", "DE", "FR", "IT", "DE", "FR", "IT", "DE"));
        assertThat(dictionary.toString(), is("0x010803" + "0544450000" + "0546520000" + "0549540000" + "4618"));
        assertThat(ColumnChunk.form(dictionary), is("dictionary"));
        List<Object> sorted = new ArrayList<>(Collections.nCopies(40, "DE"));
        sorted.add("FR");
        Slice runs = ColumnChunk.encode(sorted);
        assertThat(runs.toString(), is("0x022902" + "0544450000" + "0546520000" + "0028" + "0101"));
        assertThat(ColumnChunk.form(runs), is("runs"));
        Slice differences = ColumnChunk.encode(List.of(1_000L, 1_003L, 1_001L, 1_002L));
        assertThat(differences.toString(), is("0x0304" + "e803000000000000" + "02" + "36"));
        assertThat(ColumnChunk.form(differences), is("differences"));
    }

    @Test
    @DisplayName("values of any kind come back from a chunk, in a form that is never longer than the plain one")
    void chunks() {
        Seeds.check(30, random -> {
            int kind = random.nextInt(5);
            List<Object> values = new ArrayList<>();
            int different = 1 + random.nextInt(40);
            int run = 1 + random.nextInt(20);
            Object value = true;
            for (int i = 0; i <= random.nextInt(300); i++) {
                long number = random.nextInt(different);
                if (i % run == 0) {
                    value = switch (kind) {
                        case 0 -> random.nextBoolean();
                        case 1 -> number;
                        case 2 -> random.nextLong();
                        case 3 -> number / 7.0;
                        default -> "t\0é" + number;
                    };
                }
                values.add(value);
            }
            Slice chunk = ColumnChunk.encode(values);
            assertThat(ColumnChunk.form(chunk), ColumnChunk.decode(chunk), is(values));
            assertThat(chunk.length() <= ColumnChunk.plain(values).length(), is(true));
            Slice cut = chunk.subSlice(0, random.nextInt(chunk.length()));
            assertThrows(MalformedBytesException.class, () -> ColumnChunk.decode(cut));
        });
    }

    @Test
    @DisplayName("a query finds the rows that a look at each row finds, also after a restart")
    void model() {
        Seeds.check(2, random -> {
            Path directory = newDirectory();
            List<List<Object>> model = new ArrayList<>();
            for (int session = 0; session < 2; session++) {
                try (CrashSafeStore store = KinStores.lsm(directory)) {
                    ColumnTable table = new ColumnTable(store, COLUMNS, 1 + random.nextInt(20));
                    for (int i = 0; i < 10; i++) {
                        List<List<Object>> rows = randomRows(random, model.size());
                        table.append(rows, Durability.BUFFERED);
                        model.addAll(rows);
                        assertThat(table.rows(), is((long) model.size()));
                        check(table, model, random);
                    }
                }
            }
        });
    }

    private static List<List<Object>> randomRows(Random random, long first) {
        return LongStream.range(first, first + random.nextInt(30))
                .mapToObj(id -> List.<Object>of(
                        id, "c" + random.nextInt(5), (long) random.nextInt(-500, 500), random.nextInt(9) == 0))
                .toList();
    }

    private static void check(ColumnTable table, List<List<Object>> model, Random random) {
        long least = random.nextInt(-600, 600);
        List<Filter> filters = List.of(
                Filter.equal("country", "c" + random.nextInt(6)),
                new Filter("population", least, least + random.nextInt(300)),
                Filter.equal("capital", true),
                new Filter("id", 0L, 10_000L));
        for (Filter filter : filters) {
            int column = COLUMNS.indexOf(filter.column());
            List<List<Object>> expected = model.stream()
                    .filter(row -> filter.accepts(row.get(column)))
                    .map(row -> List.of(row.get(2), row.get(0)))
                    .toList();
            List<List<Object>> found = new ArrayList<>();
            table.scan(List.of("population", "id"), filter, found::add);
            assertThat(filter.toString(), found, is(expected));
        }
    }

    @Test
    @DisplayName("rows that do not fit the columns are refused as a whole")
    void refused() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            ColumnTable table = new ColumnTable(store, List.of("a", "b"), 4);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> table.append(List.of(List.of(1L, 2L), List.of(1L)), Durability.BUFFERED));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> table.append(List.of(List.of(1L, 2L), List.of(1L, "x")), Durability.BUFFERED));
            assertThrows(
                    IllegalArgumentException.class, () -> table.scan(List.of("c"), Filter.equal("a", 1L), row -> {}));
            assertThat(table.rows(), is(0L));
        }
    }
}
