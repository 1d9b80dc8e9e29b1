package storagelab.disk;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.course.ExerciseNotDone;
import storagelab.disk.SampleStore.Mistake;

class CrashExplorerTest {
    private static final long SEED = Long.getLong("seed", 1);
    private static final CrashExplorerOptions OPTIONS =
            CrashExplorerOptions.defaults().withSeed(SEED).withRandomImages(3);

    private record Put(String key, String value) {}

    private static CrashExplorer.Workload puts(int count, Mistake... mistakes) {
        return disk -> {
            Random random = new Random(SEED);
            try (SampleStore store = new SampleStore(disk.root(), mistakes)) {
                for (int i = 0; i < count; i++) {
                    Put put = new Put("key" + random.nextInt(20), "v" + i + "x".repeat(random.nextInt(1500)));
                    store.put(put.key(), put.value());
                    disk.ack(put);
                }
            }
        };
    }

    private static CrashExplorer.Checker legal(Mistake... mistakes) {
        return crash -> {
            Map<String, String> expected = new TreeMap<>();
            crash.acknowledged().forEach(marker -> expected.put(((Put) marker).key(), ((Put) marker).value()));
            Map<String, String> withInFlight = new TreeMap<>(expected);
            crash.inFlight().ifPresent(marker -> withInFlight.put(((Put) marker).key(), ((Put) marker).value()));
            try (SampleStore store = new SampleStore(crash.root(), mistakes)) {
                if (!store.values().equals(withInFlight)) {
                    assertEquals(expected, store.values(), "values after the crash");
                }
            }
        };
    }

    @Test
    void theRightStoreHoldsAtEveryCrash(TestReporter reporter) throws Exception {
        CrashReport report = CrashExplorer.explore(OPTIONS, puts(60), legal());
        reporter.publishEntry("crashes", report.toString());
        assertThat(report.images(), greaterThan(500L));
        assertThat(report.recoveryImages(), greaterThan(20L));
    }

    @ParameterizedTest
    @EnumSource(Mistake.class)
    void everyMistakeIsFound(Mistake mistake) {
        AssertionError error = assertThrows(
                AssertionError.class, () -> CrashExplorer.explore(OPTIONS, puts(60, mistake), legal(mistake)));
        assertThat(error.getMessage(), containsString("crash after operation"));
    }

    @Test
    void aViolationTellsWhereItWasAndHowToRepeatIt() {
        CrashExplorer.Workload twoFiles = disk -> {
            Files.writeString(disk.root().resolve("a"), "1");
            disk.ack("a");
            Files.writeString(disk.root().resolve("b"), "2");
            disk.ack("b");
        };
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> CrashExplorer.explore(OPTIONS.withModes(Set.of(SurvivalMode.NOTHING)), twoFiles, crash -> {
                    if (crash.acknowledged().contains("a")) {
                        throw new IOException("a is missing");
                    }
                }));
        assertEquals("""
                after a crash the disk is not as it must be: java.io.IOException: a is missing
                  crash after operation 3 of 6, mode NOTHING, seed %d (of the image N)
                  last acknowledged: a, in flight: b
                  last operations:
                    1: create /a
                    2: write /a [0, 1)
                    3: acknowledge a
                """.formatted(SEED), String.valueOf(error.getMessage()).replaceAll("image -?\\d+", "image N"));
        assertInstanceOf(IOException.class, error.getCause());
    }

    @Test
    void twoExplorationsOfOneLogAreTheSame() throws IOException {
        CrashDisk disk = CrashDisk.create();
        Path file = disk.root().resolve("f");
        for (int i = 0; i < 30; i++) {
            Files.writeString(file, "x".repeat(100 * i));
        }
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            List<String> images = new ArrayList<>();
            CrashExplorer.explore(
                    OPTIONS, disk, crash -> images.add(crash.operationIndex() + Crashes.image(crash.disk())));
            runs.add(images);
        }
        assertEquals(runs.get(0), runs.get(1));
    }

    @Test
    void everyOperationIsCrashedInEveryModeUnlessNothingIsUnsynced() throws Exception {
        Set<String> tried = new TreeSet<>();
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults(),
                disk -> {
                    Files.createFile(disk.root().resolve("a"));
                    disk.syncAll();
                    disk.ack("a");
                },
                crash -> tried.add(crash.operationIndex() + " " + crash.mode()));
        assertEquals(
                Set.of(
                        "0 NOTHING",
                        "1 NOTHING",
                        "1 EVERYTHING",
                        "1 SIZES_WITHOUT_DATA",
                        "1 TORN_PREFIX",
                        "1 RANDOM",
                        "2 NOTHING",
                        "3 NOTHING"),
                tried);
        assertEquals(8, report.images());
        assertEquals(3, report.operations());
    }

    @Test
    void aStrideLeavesCrashesOutButNeverTheLast() throws IOException {
        CrashDisk disk = CrashDisk.create();
        for (int i = 0; i < 20; i++) {
            disk.ack(i);
        }
        List<Integer> tried = new ArrayList<>();
        CrashExplorerOptions sampled =
                OPTIONS.withFirstOperation(3).withStride(6).withModes(EnumSet.of(SurvivalMode.EVERYTHING));
        CrashExplorer.explore(sampled, disk, crash -> tried.add(crash.operationIndex()));
        assertEquals(List.of(3, 9, 15, 20), tried);
    }

    @Test
    void acknowledgementsAreDividedAtTheCrash() throws IOException {
        CrashDisk disk = CrashDisk.create();
        disk.ack("one");
        disk.ack("two");
        List<String> seen = new ArrayList<>();
        CrashExplorer.explore(OPTIONS, disk, crash -> seen.add(crash.acknowledged() + " " + crash.upcoming()));
        assertEquals(List.of("[] [one, two]", "[one] [two]", "[one, two] []"), seen);
    }

    @Test
    void recoveryThatBreaksWhenItIsCrashedIsFound() throws IOException {
        CrashDisk disk = CrashDisk.create();
        Files.writeString(disk.root().resolve("value"), "old");
        Files.writeString(disk.root().resolve("next"), "new");
        disk.syncAll();
        CrashExplorer.Checker movesByWritingInPlace = crash -> {
            Path value = crash.root().resolve("value");
            Path next = crash.root().resolve("next");
            if (Files.exists(next)) {
                Files.writeString(value, Files.readString(next));
                Files.delete(next);
                Crashes.sync(crash.root());
            }
            assertEquals("new", Files.readString(value));
        };
        CrashExplorerOptions onlyTheEnd =
                OPTIONS.withFirstOperation(disk.operations().size());
        CrashExplorer.explore(onlyTheEnd.withRecoveryCrashes(0, 0), disk, movesByWritingInPlace);
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> CrashExplorer.explore(onlyTheEnd.withRecoveryCrashes(1, 20), disk, movesByWritingInPlace));
        assertThat(error.getMessage(), containsString("then a crash during recovery, mode"));
    }

    @Test
    void writesAfterRecoveryAreNotCrashed() throws Exception {
        CrashExplorer.Workload workload = disk -> Files.writeString(disk.root().resolve("f"), "1");
        CrashExplorer.explore(OPTIONS.withRecoveryCrashes(1, 8), workload, crash -> {
            Path added = crash.root().resolve("added");
            assertEquals(false, Files.exists(added), "a file of an earlier check");
            crash.recovered();
            Files.writeString(added, "2");
            crash.disk().syncAll();
        });
    }

    @Test
    void backgroundThreadsMayTakePartInTheRecording() throws Exception {
        int threads = 4;
        int puts = 15;
        CrashExplorer.Workload workload = disk -> {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "t" + i;
                Thread writer = new Thread(() -> appendLines(disk, disk.root().resolve(name), name, puts));
                writers.add(writer);
                writer.start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        };
        CrashReport report = CrashExplorer.explore(OPTIONS, workload, crash -> {
            for (Object marker : crash.acknowledged()) {
                String[] nameAndLine = ((String) marker).split(" ", 2);
                String text = Files.readString(crash.root().resolve(nameAndLine[0]));
                assertThat(text, containsString(nameAndLine[1] + "\n"));
            }
        });
        assertThat(report.operations(), greaterThan(threads * puts * 3 - 1));
    }

    private static void appendLines(CrashDisk disk, Path file, String name, int count) {
        try {
            Files.createFile(file);
            Crashes.sync(disk.root());
            for (int i = 0; i < count; i++) {
                Crashes.write(file, Files.size(file), "line" + i + "\n");
                Crashes.sync(file);
                disk.ack(name + " line" + i);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anExerciseThatIsNotDoneIsReportedAsSuch() {
        ExerciseNotDone notDone = new ExerciseNotDone("1.9");
        assertSame(
                notDone,
                assertThrows(
                        ExerciseNotDone.class,
                        () -> CrashExplorer.explore(OPTIONS, CrashDisk.create(), crash -> {
                            throw notDone;
                        })));
    }

    @Test
    void aWorkloadThatFailsIsNotExplored() {
        AtomicInteger checks = new AtomicInteger();
        assertThrows(
                IOException.class,
                () -> CrashExplorer.explore(
                        OPTIONS,
                        disk -> {
                            throw new IOException("no");
                        },
                        crash -> checks.incrementAndGet()));
        assertEquals(0, checks.get());
    }
}
