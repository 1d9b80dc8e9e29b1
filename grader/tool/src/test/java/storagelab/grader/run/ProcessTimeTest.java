package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processor time of processes, with what they have waited for, and whether they want any. */
class ProcessTimeTest {
    @TempDir
    private Path proc;

    @Test
    void childrenThatEndedCountAndNamesMayHaveSpacesAndParentheses() {
        String line = "4711 (a) name (b) S 1 4711 4711 0 -1 4194560 99 98 97 96 10 20 300 4000 20 0 12 0 555 0 0";

        assertThat(ProcessTime.ofStatNanos(line), is(TimeUnit.MILLISECONDS.toNanos(43_300)));
    }

    /** Writes what a fake {@code /proc} says of a thread. */
    private void thread(long process, long id, String state) throws IOException {
        Path directory = proc.resolve(process + "/task/" + id);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("stat"), id + " (R) D (" + state + ") " + state + " 1 4711 4711 0 -1 0\n");
    }

    @Test
    void processIsAsleepWhenAllThreadsOfAllItsProcessesSleepOrHaveEnded() throws Exception {
        thread(4711, 4711, "S");
        thread(4711, 4712, "S");
        thread(4720, 4720, "S");
        thread(4730, 4730, "Z");

        assertThat(ProcessTime.areAsleep(proc, List.of(4711L, 4720L, 4730L)), is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "D", "T", "t"})
    void oneThreadThatCanRunOrWaitsForTheDiskOrWasStoppedKeepsItAwake(String state) throws Exception {
        thread(4711, 4711, "S");
        thread(4720, 4720, "S");
        thread(4720, 4721, state);

        assertThat(ProcessTime.areAsleep(proc, List.of(4711L, 4720L)), is(false));
        assertThat("of another process", ProcessTime.areAsleep(proc, List.of(4711L)), is(true));
    }

    @Test
    void withoutProcOrAfterItsEndNoProcessIsAsleep() throws Exception {
        thread(4711, 4711, "S");

        assertThat(ProcessTime.areAsleep(proc, List.of(4711L, 4720L)), is(false));
        assertThat(ProcessTime.areAsleep(proc.resolve("none"), List.of(4711L)), is(false));
    }

    @Test
    void processThatAsksIsAwake() {
        assertThat(ProcessTime.isTreeAsleep(ProcessHandle.current()), is(false));
    }

    @Test
    void thisJvmHasUsedSome() {
        assertThat(ProcessTime.ofTreeNanos(ProcessHandle.current()), is(greaterThan(0L)));
        assertThat(ProcessTime.ofThisJvmNanos(), is(greaterThan(0L)));
    }
}
