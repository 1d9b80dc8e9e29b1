package storagelab.disk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.disk.Crashes.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worked example of {@code notes/disk.md}. */
class CrashTestInTheNotesTest {
    private static final CrashExplorerOptions OPTIONS =
            CrashExplorerOptions.defaults().withSeed(1);

    private enum Step {
        SYNC_THE_FILE,
        SYNC_THE_DIRECTORY
    }

    private interface Save {
        void save(Path directory, int value) throws IOException;
    }

    private static void saveInPlace(Path directory, int value) throws IOException {
        Path file = directory.resolve("counter");
        Files.writeString(file, Integer.toString(value));
        sync(file);
        sync(directory);
    }

    private static void saveByRename(Path directory, int value, EnumSet<Step> steps) throws IOException {
        Path temporary = directory.resolve("counter.tmp");
        Files.writeString(temporary, Integer.toString(value));
        if (steps.contains(Step.SYNC_THE_FILE)) {
            sync(temporary);
        }
        Files.move(temporary, directory.resolve("counter"), StandardCopyOption.ATOMIC_MOVE);
        if (steps.contains(Step.SYNC_THE_DIRECTORY)) {
            sync(directory);
        }
    }

    private static int load(Path directory) throws IOException {
        Path file = directory.resolve("counter");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    }

    private static void explore(Save save) throws Exception {
        CrashExplorer.Workload countToTwenty = disk -> {
            for (int value = 1; value <= 20; value++) {
                save.save(disk.root(), value);
                disk.ack(value);
            }
        };
        CrashExplorer.Checker nothingLost = crash -> {
            List<Object> acknowledged = crash.acknowledged();
            int last = acknowledged.isEmpty() ? 0 : (int) acknowledged.get(acknowledged.size() - 1);
            int found = load(crash.root());
            assertTrue(found == last || crash.inFlight().equals(Optional.of(found)), found + " instead of " + last);
        };
        CrashExplorer.explore(OPTIONS, countToTwenty, nothingLost);
    }

    @Test
    void aCounterWrittenInPlaceIsFoundEmpty() {
        AssertionError error = assertThrows(AssertionError.class, () -> explore(CrashTestInTheNotesTest::saveInPlace));
        assertThat(error.getMessage(), containsString("crash after operation 1 of"));
        assertThat(error.getMessage(), containsString("mode EVERYTHING, seed 1"));
    }

    @Test
    void aCounterReplacedByRenameHolds() throws Exception {
        explore((directory, value) -> saveByRename(directory, value, EnumSet.allOf(Step.class)));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void withoutEitherSyncItIsLost(Step left) {
        EnumSet<Step> others = EnumSet.complementOf(EnumSet.of(left));
        assertThrows(AssertionError.class, () -> explore((directory, value) -> saveByRename(directory, value, others)));
    }
}
