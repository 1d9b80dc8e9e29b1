package storagelab.sortedlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.MaintenanceKind;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

class SortedLogStoreModelTest {
    private static final SortedLogOptions EPHEMERAL = SortedLogOptions.defaults()
            .withMemtableBytes(1000)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION)
            .withTableList(TableListKind.EPHEMERAL)
            .withMaintenance(MaintenanceKind.FOREGROUND);
    private static final SortedLogOptions DURABLE = EPHEMERAL.withTableList(TableListKind.DURABLE);

    @TempDir
    private Path directory;

    @Test
    @Tag("1.6")
    @DisplayName("across flushes the store agrees with a sorted map")
    void flushes() {
        StoreModel.defaults().check(subject(EPHEMERAL).flushing(SortedLogStore::flush), 5);
    }

    @Test
    @Tag("1.7")
    @DisplayName("across flushes and merges the store agrees with a sorted map")
    void merges() {
        StoreModel.defaults()
                .check(
                        subject(EPHEMERAL.withCompactionTrigger(2))
                                .flushing(SortedLogStore::flush)
                                .compacting(SortedLogStore::compact),
                        5);
    }

    @Test
    @Tag("1.9")
    @DisplayName("across flushes and restarts the store agrees with a sorted map")
    void restarts() {
        StoreModel.defaults()
                .check(subject(DURABLE).flushing(SortedLogStore::flush).reopening(), 3);
    }

    @Test
    @Tag("1.10")
    @DisplayName("with flushes and merges in the background the store agrees with a sorted map")
    void background() {
        SortedLogOptions options =
                DURABLE.withMaintenance(MaintenanceKind.BACKGROUND).withCompactionTrigger(2);
        StoreModel.defaults()
                .check(
                        subject(options)
                                .flushing(SortedLogStore::flush)
                                .compacting(SortedLogStore::compact)
                                .reopening(),
                        3);
    }

    private StoreSubject<SortedLogStore> subject(SortedLogOptions options) {
        return StoreSubject.of("sorted log", this::newDirectory, at -> SortedLogStore.open(at, options));
    }

    private Path newDirectory() {
        try {
            return Files.createTempDirectory(directory, "store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
