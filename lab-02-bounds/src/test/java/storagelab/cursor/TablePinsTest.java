package storagelab.cursor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;

@Tag("2.8")
class TablePinsTest {
    private final Path directory = CrashDisk.create().root();
    private final StatsRecorder stats = new StatsRecorder();
    private final TablePins pins = new TablePins();
    private final List<String> removed = new ArrayList<>();

    private final SortedTable four = table(4);
    private final SortedTable seven = table(7);

    @Test
    @DisplayName("the worked example: tables 4 and 7, and two cursors")
    void workedExample() {
        pins.pin(List.of(seven, four));
        pins.pin(List.of(seven));
        retire(four);
        retire(seven);
        assertThat("removed while all are used", removed, is(empty()));
        assertThat("kept while all are used", pins.kept().size(), is(2));
        pins.unpin(List.of(seven, four));
        assertThat("removed when the first cursor is closed", removed, contains("table 4"));
        assertThat("kept for the second cursor", pins.kept(), contains(seven));
        pins.unpin(List.of(seven));
        assertThat("removed when the second cursor is closed, too", removed, contains("table 4", "table 7"));
        retire(table(9));
        assertThat(
                "removed after a table without users was retired", removed, contains("table 4", "table 7", "table 9"));
        assertThat("kept in the end", pins.kept(), is(empty()));
    }

    @Test
    @DisplayName("a table that is in use but not retired stays when its users let go")
    void notRetired() {
        pins.pin(List.of(four));
        pins.unpin(List.of(four));
        assertThat("removed, although no merge has replaced it", removed, is(empty()));
        retire(four);
        assertThat("removed when it is retired", removed, contains("table 4"));
    }

    @Test
    @DisplayName("closing removes what was kept, once, and users may let go afterwards")
    void close() {
        pins.pin(List.of(four, seven));
        retire(four);
        pins.close();
        assertThat("removed by close()", removed, contains("table 4"));
        pins.unpin(List.of(four, seven));
        assertThat("removed after close() and unpin()", removed, contains("table 4"));
    }

    @Test
    @DisplayName("letting go of what nobody holds is an error that names the table")
    void unpinWithoutPin() {
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> pins.unpin(List.of(seven)), "unpin without pin");
        assertThat(
                "message: " + thrown.getMessage(),
                String.valueOf(thrown.getMessage()).contains("7"),
                is(true));
    }

    private void retire(SortedTable table) {
        pins.retire(table, () -> removed.add("table " + table.info().number()));
    }

    private SortedTable table(long number) {
        Path file = FileNames.table(directory, number);
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, number, stats)) {
            builder.add(Entry.tombstone(Slice.utf8("key")));
            builder.finish();
        }
        return SortedTable.open(file, number, stats);
    }
}
