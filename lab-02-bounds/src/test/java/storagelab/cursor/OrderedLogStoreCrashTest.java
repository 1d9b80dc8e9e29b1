package storagelab.cursor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.CrashTrial;

/** Lab 1's crash tests, with cursors that keep files open while the power is cut. */
@Tag("2.8")
class OrderedLogStoreCrashTest {
    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(1500)
            .withCompactionTrigger(2);

    @Test
    @DisplayName("whenever the power is cut, files that were kept for cursors are gone, and no others")
    void everyCrash() {
        CrashTrial.check(new Subject(FOREGROUND));
    }

    @Test
    @Timeout(60)
    @DisplayName("the same with flushes and merges in the background")
    void everyCrashWithBackgroundWork() {
        CrashTrial.check(new Subject(FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND)));
    }

    private record Subject(SortedLogOptions options) implements CrashTrial.Subject<OrderedLogStore> {
        @Override
        public OrderedLogStore open(Path directory) {
            return OrderedLogStore.open(directory, options);
        }

        @Override
        public void verify(OrderedLogStore store, Path directory) {
            assertThat("tables put aside", store.recoveryReport().quarantined(), is(empty()));
            long files = FileNames.numbered(directory).stream()
                    .filter(FileNames::isTable)
                    .count();
            assertEquals(store.stats().get(Metric.TABLES), files, "table files after recovery");
            store.verify();
        }

        @Override
        public Optional<CrashTrial.Moment> hold(OrderedLogStore store) {
            return Optional.of(new HeldCursor(store.cursor(KeyRange.all())));
        }
    }

    private record HeldCursor(Cursor cursor) implements CrashTrial.Moment {
        @Override
        public void assertShows(Map<Slice, Slice> content) {
            Map<Slice, Slice> seen = new TreeMap<>();
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                seen.put(cursor.key(), cursor.value());
            }
            assertEquals(new TreeMap<>(content), seen, "what a cursor shows that was made at an earlier moment");
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
