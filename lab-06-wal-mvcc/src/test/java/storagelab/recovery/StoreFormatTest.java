package storagelab.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;
import storagelab.testkit.recovery.SmallStores;

class StoreFormatTest {
    private final Path directory = CrashDisk.create().root();

    private void write(String... lines) throws IOException {
        Files.writeString(directory.resolve(StoreFormat.NAME), SealedText.sealed(List.of(lines)));
    }

    @Test
    @DisplayName(
            "the bytes are those of notes/formats/store-format.md: version 1 where it can say it, and 2 where it cannot")
    void bytes() throws IOException {
        Path file = directory.resolve(StoreFormat.NAME);
        new StoreFormat(EngineKind.BTREE, StoredValues.PLAIN).write(directory, new StatsRecorder());
        assertThat(Files.readString(file), is("storagelab durable store 1\nengine btree\nchecksum 61f76c7f\n"));
        new StoreFormat(EngineKind.LSM, StoredValues.EXPIRING).write(directory, new StatsRecorder());
        assertThat(
                Files.readString(file),
                is("storagelab durable store 2\nengine lsm\nvalues expiring\nchecksum 2a96ee8c\n"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is written is read again")
    void roundTrip(StoredValues values) {
        for (EngineKind engine : EngineKind.values()) {
            StoreFormat format = new StoreFormat(engine, values);
            format.write(directory, new StatsRecorder());
            assertThat(StoreFormat.read(directory), is(Optional.of(format)));
        }
    }

    @Test
    @DisplayName("a newer version is refused with both versions, whatever lines it has, and is not called damage")
    void newer() throws IOException {
        write("storagelab durable store 3", "engine btree", "something new", "and more");
        CorruptionException refused =
                assertThrows(CorruptionException.class, () -> DurableStore.open(directory, options()));
        assertThat(refused.isUnknownFormat(), is(true));
        assertThat(
                refused.getMessage(),
                containsString("it says \"storagelab durable store 3\", and this program reads versions 1 to 2;"
                        + " open the store with the program that wrote it, or a newer one"));
    }

    @Test
    @DisplayName("a store that says version 2 where 1 would do is read")
    void versionTwoOfPlainValues() throws IOException {
        try (DurableStore store = DurableStore.open(directory, options())) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
        }
        write("storagelab durable store 2", "engine btree", "values plain");
        try (DurableStore store = DurableStore.open(directory, options())) {
            assertThat(store.get(Slice.utf8("a")), is(Optional.of(Slice.utf8("1"))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "checksum 00000000\n",
                "storagelab durable store 1\nengine btree\n",
                "storagelab durable store 1\nengine lsm\nchecksum 61f76c7f\n",
                "storagelab durable store 1\nengine btree\nchecksum 61f76c7f",
                "storagelab durable store 1\nengine btree\nchecksum 61f76c7f\n\n"
            })
    @DisplayName("a file whose checksum is not right is damage")
    void damaged(String text) throws IOException {
        Files.writeString(directory.resolve(StoreFormat.NAME), text);
        CorruptionException damaged = assertThrows(CorruptionException.class, () -> StoreFormat.read(directory));
        assertThat(damaged.isUnknownFormat(), is(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine BTREE", "engine ", "engine ../btree", "values plain"})
    @DisplayName("a line that cannot name an engine is refused with the line")
    void noEngine(String line) throws IOException {
        write("storagelab durable store 1", line);
        CorruptionException refused = assertThrows(CorruptionException.class, () -> StoreFormat.read(directory));
        assertThat(refused.isUnknownFormat(), is(true));
        assertThat(refused.getMessage(), containsString(line));
    }

    @Test
    @DisplayName(
            "an engine that this program does not know is read as text, and refused by name when the store is opened")
    void unknownEngine() throws IOException {
        write("storagelab durable store 1", "engine hash");
        assertThat(DurableStore.engineOf(directory), is(Optional.of("hash")));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> DurableStore.open(directory, options()));
        assertThat(
                refused.getMessage(),
                is(directory + " has the engine hash and cannot be opened with "
                        + options().engine().id()));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> EngineKind.named("hash"))
                        .getMessage(),
                is("there is no engine \"hash\", only btree, lsm"));
        for (EngineKind kind : EngineKind.values()) {
            assertThat(EngineKind.named(kind.id()), is(kind));
        }
    }

    @Test
    @DisplayName("a directory with a part of a backup is refused with what to do, by both versions of the rest")
    void incomplete() {
        for (StoredValues values : StoredValues.values()) {
            new StoreFormat(EngineKind.BTREE, values).writeIncomplete(directory, new StatsRecorder());
            StorageIoException refused =
                    assertThrows(StorageIoException.class, () -> DurableStore.open(directory, options()));
            assertThat(
                    refused.getMessage(),
                    containsString("a backup into it was interrupted; delete it and make the backup again"));
        }
    }

    @Test
    @DisplayName(
            "a store that is open in another process is refused with a sentence, and opens when that one has ended")
    void twoProcesses(@TempDir Path real) throws IOException, InterruptedException {
        DurableOptions options = DurableOptions.defaults(EngineKind.LSM);
        try (DurableStore store = DurableStore.open(real, options)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertThat(elsewhere(real), is("locking " + real + " failed: another store has it open"));
        }
        assertThat(elsewhere(real), is("1"));
    }

    /** Opens a store in another process. */
    public static final class SecondProcess {
        private SecondProcess() {}

        /** Prints a value of the store, or why it was not opened. */
        public static void main(String[] arguments) {
            try (DurableStore store =
                    DurableStore.open(Path.of(arguments[0]), DurableOptions.defaults(EngineKind.LSM))) {
                System.out.println(store.get(Slice.utf8("a")).orElseThrow());
            } catch (StorageIoException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String elsewhere(Path store) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecondProcess.class.getName(),
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8).strip();
        } finally {
            process.waitFor();
        }
    }

    private static DurableOptions options() {
        return SmallStores.options(EngineKind.BTREE);
    }
}
