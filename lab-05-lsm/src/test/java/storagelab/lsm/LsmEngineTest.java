package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.SurvivalMode;
import storagelab.manifest.LsmFileNames;
import storagelab.testkit.StorageEngineContract;
import storagelab.testkit.lsm.WrittenFiles;

/** An {@link LsmStore} without a log is an engine that a log outside of it makes durable; with one it makes itself so. */
class LsmEngineTest {
    private static final LsmOptions WITHOUT_LOG = LsmOptions.defaults().withoutLog();
    private static final Slice KEY = Slice.utf8("key");
    private static final Slice ONE = Slice.utf8("1");
    private static final Slice TWO = Slice.utf8("2");

    @Nested
    class WithDefaults implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return LsmStore.open(directory, WITHOUT_LOG);
        }
    }

    @Nested
    class WithTinyMemtables implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return LsmStore.open(
                    directory, LsmStoreModelTest.TINY.withoutLog().withMaintenance(MaintenanceKind.BACKGROUND));
        }
    }

    @Nested
    class WithTinyMemtablesInTheForeground implements StorageEngineContract {
        @Override
        public StorageEngine open(Path directory) {
            return LsmStore.open(directory, LsmStoreModelTest.TINY.withoutLog());
        }
    }

    @Test
    @DisplayName("a store without a log writes none, and syncs nothing for a BUFFERED write")
    void writesNoLog() throws IOException {
        CrashDisk disk = CrashDisk.create();
        try (LsmStore store = LsmStore.open(disk.root(), WITHOUT_LOG)) {
            long syncs = disk.counters().syncs();
            for (int i = 0; i < 100; i++) {
                store.put(KEY, ONE);
            }
            assertThat("syncs for 100 puts", disk.counters().syncs(), is(syncs));
            try (Stream<Path> files = Files.list(disk.root())) {
                assertThat(
                        "logs",
                        files.filter(file -> file.toString().endsWith(".log")).count(),
                        is(0L));
            }
        }
    }

    @Test
    @DisplayName("a store with a log says how far it is synced, and refuses to apply at a sequence of the caller")
    void withALog() {
        CrashDisk disk = CrashDisk.create();
        try (LsmStore store = LsmStore.open(disk.root(), LsmOptions.defaults())) {
            store.put(KEY, ONE);
            assertThat("durableSequence after a BUFFERED put", store.durableSequence(), is(0L));
            store.write(new WriteBatch().put(KEY, TWO), Durability.SYNCED);
            assertThat("durableSequence after a SYNCED write", store.durableSequence(), is(2L));
            store.put(KEY, ONE);
            store.checkpoint();
            assertThat("durableSequence after a checkpoint", store.durableSequence(), is(3L));
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> store.apply(9, new WriteBatch().put(KEY, TWO)));
            assertThat(refused.getMessage(), containsString("withoutLog()"));
        }
        try (LsmStore store =
                LsmStore.open(disk.afterCrash(SurvivalMode.NOTHING, 0).root(), LsmOptions.defaults())) {
            assertThat("durableSequence after opening", store.durableSequence(), is(3L));
            assertThat("get", store.get(KEY), is(Optional.of(ONE)));
        }
    }

    @Test
    @DisplayName("a store that has a log is opened without it, and with one again, and loses nothing")
    void changesItsMind() {
        CrashDisk disk = CrashDisk.create();
        LsmStore killed = LsmStore.open(disk.root(), LsmOptions.defaults());
        killed.put(KEY, ONE);
        disk.crash();
        CrashDisk second = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        try (LsmStore store = LsmStore.open(second.root(), WITHOUT_LOG)) {
            assertThat("get of what was in the log", store.get(KEY), is(Optional.of(ONE)));
            assertThat("durableSequence", store.durableSequence(), is(1L));
            store.apply(7, new WriteBatch().put(KEY, TWO));
        }
        try (LsmStore store = LsmStore.open(second.root(), LsmOptions.defaults())) {
            assertThat("get with a log again", store.get(KEY), is(Optional.of(TWO)));
            assertThat("lastSequence", store.lastSequence(), is(7L));
            store.put(KEY, ONE);
        }
        try (LsmStore store =
                LsmStore.open(second.afterCrash(SurvivalMode.NOTHING, 0).root(), LsmOptions.defaults())) {
            assertThat("get after a crash", store.get(KEY), is(Optional.of(ONE)));
        }
    }

    @Test
    @DisplayName(
            "once opened without a log, a store kept an old log that it did not need, and read it again, over its tables")
    void oldLogWasReadAgain() throws IOException {
        CrashDisk disk = CrashDisk.create();
        Path log;
        byte[] old;
        try (LsmStore store = LsmStore.open(disk.root(), LsmOptions.defaults())) {
            store.put(KEY, ONE);
            log = LsmFileNames.log(disk.root(), WrittenFiles.logs(disk.root()).get(0));
            old = Files.readAllBytes(log);
            store.put(KEY, TWO);
            store.flush();
        }
        Files.write(log, old); // a log is deleted without a sync, so after a crash it may be there
        LsmStore.open(disk.root(), WITHOUT_LOG).close();
        assertThat("logs of a store without one", WrittenFiles.logs(disk.root()), is(List.of()));
        try (LsmStore store = LsmStore.open(disk.root(), LsmOptions.defaults())) {
            assertThat("get", store.get(KEY), is(Optional.of(TWO)));
        }
    }

    @Test
    @DisplayName(
            "whenever the power is cut while a store gives up its log, or after it, nothing is lost and nothing old is back")
    void everyCrashOfGivingUpTheLog() throws Exception {
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults(),
                crashing -> {
                    try (LsmStore store = LsmStore.open(crashing.root(), LsmOptions.defaults())) {
                        store.write(new WriteBatch().put(KEY, ONE), Durability.SYNCED);
                        crashing.ack(ONE);
                    }
                    try (LsmStore store = LsmStore.open(crashing.root(), WITHOUT_LOG)) {
                        store.apply(7, new WriteBatch().put(KEY, TWO));
                        store.checkpoint();
                        crashing.ack(TWO);
                    }
                },
                crash -> {
                    List<Object> acknowledged = crash.acknowledged();
                    LsmOptions options = crash.operationIndex() % 2 == 0 ? LsmOptions.defaults() : WITHOUT_LOG;
                    try (LsmStore store = LsmStore.open(crash.root(), options)) {
                        crash.recovered();
                        Optional<Slice> found = store.get(KEY);
                        Set<Optional<Slice>> legal = acknowledged.contains(TWO)
                                ? Set.of(Optional.of(TWO))
                                : acknowledged.contains(ONE)
                                        ? Set.of(Optional.of(ONE), Optional.of(TWO))
                                        : Set.of(Optional.empty(), Optional.of(ONE));
                        assertThat("get after " + acknowledged, legal, hasItem(found));
                        assertThat("lastSequence", store.lastSequence(), is(lastSequence(found)));
                    }
                });
        assertThat("crashes tried", report.images(), is(greaterThan(100L)));
    }

    private static long lastSequence(Optional<Slice> found) {
        return found.map(value -> value.equals(ONE) ? 1L : 7L).orElse(0L);
    }
}
