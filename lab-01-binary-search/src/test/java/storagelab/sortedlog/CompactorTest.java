package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.toy.ToyCompactor;

@Tag("1.7")
class CompactorTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private long nextNumber = 1;

    @Test
    @DisplayName("the worked example: the newest wins, and a tombstone goes only if it hides nothing")
    void example() {
        SortedTable newest = table("a†", "c=3");
        SortedTable second = table("a=1", "b=2", "d†");
        SortedTable oldest = table("a=0", "b=0");
        assertThat(
                "{a†, c=3} and {a=1, b=2, d†} merged, above {a=0, b=0}",
                merge(List.of(newest, second), List.of(oldest)),
                is("a† b=2 c=3"));
        assertThat(
                "{a†, c=3} and {a=1, b=2, d†} merged, with no older table",
                merge(List.of(newest, second), List.of()),
                is("b=2 c=3"));
    }

    @Test
    @DisplayName("what was deleted does not come back: the toy's merge brings it back, yours must not")
    void nothingComesBack() {
        SortedMap<String, Optional<String>> toyNewer = new TreeMap<>(Map.of("a", Optional.empty()));
        SortedMap<String, Optional<String>> toyOlder = new TreeMap<>(Map.of("a", Optional.of("1")));
        assertThat(
                "the toy keeps the tombstone",
                ToyCompactor.compact(List.of(toyNewer)).containsKey("a"),
                is(false));
        assertThat("and hides this", toyOlder.get("a"), is(Optional.of("1")));

        assertThat(
                "{a†} merged above {a=1}: without the tombstone a is back",
                merge(List.of(table("a†")), List.of(table("a=1"))),
                is("a†"));
    }

    @Test
    @DisplayName("an older table that covers a key may hold it: the tombstone stays, and no block is read to be sure")
    void rangeOnly() {
        SortedTable older = table("a=1", "z=1");
        SortedTable newer = table("m†");
        long before = stats.get(FileMetrics.BLOCKS_READ);
        assertThat("{m†} merged above {a=1, z=1}, which covers m", merge(List.of(newer), List.of(older)), is("m†"));
        assertThat(
                "BLOCKS_READ: one of the merged table, one of the result, none of the older table",
                stats.get(FileMetrics.BLOCKS_READ) - before,
                is(2L)); // that of newer, and that of the result
    }

    @Test
    @DisplayName("if nothing stays there is no table and no file")
    void nothingLeft() {
        Path file = FileNames.table(disk.root(), 100);
        SortedTableBuilder out = SortedTableBuilder.create(file, 100, stats);
        assertThat(
                "{a†} and {a=1} merged, with no older table",
                Compactor.compact(List.of(table("a†"), table("a=1")), List.of(), out),
                is(Optional.empty()));
        assertThat("the file of a table that would be empty is there", Files.exists(file), is(false));
    }

    @Test
    @DisplayName("a store that merges on its own keeps few tables, and a deleted key deleted")
    void storeMerges() {
        SortedLogOptions options = SortedLogOptions.defaults()
                .withTableList(TableListKind.EPHEMERAL)
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withCompactionTrigger(2);
        try (SortedLogStore store = SortedLogStore.open(disk.root(), options)) {
            store.put(Slice.utf8("deleted"), Slice.utf8("1"));
            for (int i = 0; i < 20; i++) {
                store.put(Slice.utf8("key" + i), Slice.utf8("value"));
                store.flush();
                if (i == 10) {
                    store.delete(Slice.utf8("deleted"));
                }
                store.verify();
            }
            assertThat("deleted between 20 flushes", store, hasNothingUnder("deleted"));
            assertThat(
                    "after 20 flushes, merging from 2 tables on",
                    store.stats().get(Metric.TABLES),
                    atMost(6, "tables", "are merges done when they fall due?"));
            store.compact();
            assertThat("tables after compact()", store.stats().get(Metric.TABLES), is(1L));
            assertThat("after compact()", store, hasNothingUnder("deleted"));
        }
    }

    private String merge(List<SortedTable> newestFirst, List<SortedTable> older) {
        long number = nextNumber++;
        Path file = FileNames.table(disk.root(), number);
        try (SortedTableBuilder out = SortedTableBuilder.create(file, number, stats)) {
            assertThat(
                    "compact() returned a table, as some entry stays",
                    Compactor.compact(newestFirst, older, out).isPresent(),
                    is(true));
        }
        try (SortedTable merged = SortedTable.open(file, number, stats)) {
            return ImmutableList.copyOf(merged.entries()).stream()
                    .map(entry -> entry.key().toUtf8()
                            + (entry.tombstone() ? "†" : "=" + entry.value().toUtf8()))
                    .collect(Collectors.joining(" "));
        }
    }

    /** A table of entries such as {@code a=1} and {@code a†}. */
    private SortedTable table(String... entries) {
        long number = nextNumber++;
        Path file = FileNames.table(disk.root(), number);
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, number, stats)) {
            for (String entry : entries) {
                Slice key = Slice.utf8(entry.substring(0, 1));
                builder.add(
                        entry.endsWith("†") ? Entry.tombstone(key) : Entry.value(key, Slice.utf8(entry.substring(2))));
            }
            builder.finish();
        }
        return SortedTable.open(file, number, stats);
    }
}
