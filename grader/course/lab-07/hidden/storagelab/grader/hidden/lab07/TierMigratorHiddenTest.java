package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tier.TwoTiers;
import storagelab.tier.MigratorOptions;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.tier.Placement;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;

/** Exercise 7.7: keys move, and nobody notices. */
@Tag("7.7")
class TierMigratorHiddenTest {
    private static final String BTREE = "btree";
    private static final String LSM = "lsm";

    private static KeyRange range(String from, @Nullable String to) {
        return new KeyRange(Slice.utf8(from), to == null ? null : Slice.utf8(to));
    }

    private static StorageIoException fault() {
        return new StorageIoException("writing", new IOException("told to fail"));
    }

    @Test
    @DisplayName(
            "a step copies, makes the copy durable, places the chunk, and deletes; the last thing is a checkpoint of the source")
    void orderOfAStep() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3", "d=4")) {
            List<String> placements = new ArrayList<>();
            tiers.onCall(call ->
                    placements.add(TieredEngine.placementIn(tiers.directory()).toString()));
            MoveReport report = tiers.migrator(4).move(range("a", "e"), BTREE);
            assertThat(report, is(new MoveReport(new Move(range("a", "e"), BTREE), 2, 4, 8, true)));
            assertThat(
                    tiers.calls(),
                    is(List.of(
                            "btree: put a=1, put b=2",
                            "btree: checkpoint",
                            "lsm: delete a, delete b",
                            "btree: put c=3, put d=4",
                            "btree: checkpoint",
                            "lsm: delete c, delete d",
                            "lsm: checkpoint")));
            String half = Placement.all(LSM).with(range("a", "c"), BTREE).toString();
            String whole = Placement.all(LSM).with(range("a", "e"), BTREE).toString();
            String none = Placement.all(LSM).toString();
            assertThat("on the disk", placements, is(List.of(none, none, half, half, half, whole, whole)));
            assertThat(tiers.engine().move(), is(Optional.empty()));
            tiers.engine().verify();
        }
    }

    @Test
    @DisplayName("what is put or deleted while its chunk is copied is on the target in the end")
    void writesWhileCopying() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3")) {
            AtomicBoolean first = new AtomicBoolean(true);
            tiers.onCall(call -> {
                if (call.equals("btree: checkpoint") && first.getAndSet(false)) {
                    tiers.put("b=5", "bb=6");
                    tiers.delete("a");
                    assertThat("while it is copied", tiers.content(), is(Map.of("b", "5", "bb", "6", "c", "3")));
                }
            });
            tiers.migrator(100).move(range("a", "z"), BTREE);
            assertThat(tiers.content(), is(Map.of("b", "5", "bb", "6", "c", "3")));
            assertThat(tiers.contentOf(BTREE), is(tiers.content()));
            assertThat(tiers.contentOf(LSM), is(anEmptyMap()));
            assertThat(
                    "checkpoints of the target",
                    tiers.calls().stream().filter("btree: checkpoint"::equals).count(),
                    is(2L));
        }
    }

    @Test
    @DisplayName("a chunk that is written all the time is moved all the same: at the third refusal writers wait")
    void hotChunk() throws InterruptedException {
        try (TwoTiers tiers = TwoTiers.with("a=0", "b=0");
                Crew crew = new Crew()) {
            AtomicInteger checkpoints = new AtomicInteger();
            AtomicInteger last = new AtomicInteger();
            tiers.onCall(call -> {
                if (!call.equals("btree: checkpoint")) {
                    return;
                }
                int count = checkpoints.incrementAndGet();
                if (count <= 3) {
                    last.set(count);
                    tiers.put("a=" + count);
                } else {
                    Eventually.waits(crew.start("writer", () -> {
                        tiers.put("a=99");
                        last.set(99);
                    }));
                }
            });
            MoveReport report = tiers.migrator(100).move(range("a", "c"), BTREE);
            crew.join();
            assertThat("checkpoints of the target", checkpoints.get(), is(4));
            assertThat(report.ended(), is(true));
            assertThat(last.get(), is(99));
            assertThat(tiers.content(), is(Map.of("a", "99", "b", "0")));
            tiers.engine().verify();
        }
    }

    @Test
    @DisplayName("keys that are written elsewhere meanwhile do not hold up a step")
    void writesElsewhere() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3", "x=0")) {
            tiers.onCall(call -> {
                if (call.equals("btree: checkpoint")) {
                    tiers.put("x=1", "c=4");
                }
            });
            tiers.migrator(4).move(range("a", "c"), BTREE);
            assertThat(
                    tiers.calls().stream().filter("btree: checkpoint"::equals).count(), is(1L));
            assertThat(tiers.content(), is(Map.of("a", "1", "b", "2", "c", "4", "x", "1")));
        }
    }

    @Test
    @DisplayName("a step has as many bytes as the options say, one entry at least, and never more")
    void steps() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=12345678", "c=1", "d=1", "e=1", "f=123")) {
            MoveReport report = tiers.migrator(6).move(range("a", "z"), BTREE);
            assertThat(
                    tiers.calls().stream()
                            .filter(call -> call.startsWith("btree: put"))
                            .toList(),
                    is(List.of(
                            "btree: put a=1",
                            "btree: put b=12345678",
                            "btree: put c=1, put d=1, put e=1",
                            "btree: put f=123")));
            assertThat(report.steps(), is(4));
            assertThat(report.bytes(), is(2L + 9 + 2 + 2 + 2 + 4));
        }
    }

    @Test
    @DisplayName("while it moves, at most one chunk is on both tiers")
    void extraSpace() {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add("key%02d=value".formatted(i));
        }
        try (TwoTiers tiers = TwoTiers.with(entries.toArray(String[]::new))) {
            List<Integer> onBoth = new ArrayList<>();
            tiers.onCall(call -> {
                Map<String, String> both = new TreeMap<>(tiers.contentOf(LSM));
                both.keySet().retainAll(tiers.contentOf(BTREE).keySet());
                onBoth.add(both.size());
                assertThat("the content", tiers.content().size(), is(60));
            });
            tiers.migrator(50).move(range("", null), BTREE);
            assertThat("entries of ten bytes on both tiers", onBoth, everyItem(lessThanOrEqualTo(5)));
            assertThat(onBoth.size(), is(12 * 3 + 1));
        }
    }

    @Test
    @DisplayName("a range without entries is placed, so that what is written later goes there; the rest stays")
    void emptyRange() {
        try (TwoTiers tiers = TwoTiers.with("a=1")) {
            MoveReport report = tiers.migrator(100).move(range("m", "p"), BTREE);
            assertThat(report.entries(), is(0L));
            tiers.put("m=1", "p=1");
            assertThat(tiers.contentOf(BTREE), is(Map.of("m", "1")));
            assertThat(tiers.contentOf(LSM), is(Map.of("a", "1", "p", "1")));
        }
    }

    @Test
    @DisplayName("what is on the target already is left alone, and parts around it move")
    void partlyThere() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "c=3", "e=5")) {
            tiers.migrator(100).move(range("c", "d"), BTREE);
            int before = tiers.calls().size();
            MoveReport report = tiers.migrator(100).move(range("a", "f"), BTREE);
            assertThat(report.steps(), is(2));
            assertThat(
                    tiers.calls().subList(before, tiers.calls().size()).stream()
                            .filter(call -> call.contains("c"))
                            .filter(call -> !call.endsWith("checkpoint"))
                            .toList(),
                    is(empty()));
            int after = tiers.calls().size();
            tiers.migrator(100).move(range("a", "f"), BTREE);
            assertThat(
                    "a move of what is there",
                    tiers.calls().subList(after, tiers.calls().size()),
                    is(List.of("lsm: checkpoint")));
            tiers.migrator(100).move(range("", null), LSM);
            assertThat(tiers.engine().placement(), is(Placement.all(LSM)));
            assertThat(tiers.content(), is(Map.of("a", "1", "c", "3", "e", "5")));
            tiers.engine().verify();
        }
    }

    @Test
    @DisplayName("stop ends a move after its step; the move stays noted, and another migrator ends it")
    void stop() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3")) {
            TierMigrator migrator = tiers.migrator(2);
            tiers.onCall(call -> migrator.stop());
            MoveReport stopped = migrator.move(range("a", "d"), BTREE);
            Move move = new Move(range("a", "d"), BTREE);
            assertThat(stopped, is(new MoveReport(move, 1, 1, 2, false)));
            assertThat(tiers.engine().move(), is(Optional.of(move)));
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> tiers.migrator(2).move(range("x", "z"), BTREE));
            assertThat(refused.getMessage(), containsString("has to end first"));
            assertThat(tiers.migrator(2).resume(), is(Optional.of(new MoveReport(move, 2, 2, 4, true))));
            assertThat(tiers.migrator(2).resume(), is(Optional.empty()));
            tiers.engine().verify();
        }
    }

    @Test
    @DisplayName("a migrator that was stopped makes no step; the move is noted")
    void stoppedBefore() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2")) {
            TierMigrator migrator = tiers.migrator(2);
            migrator.stop();
            MoveReport report = migrator.move(range("a", "c"), BTREE);
            assertThat("the report", report, is(new MoveReport(new Move(range("a", "c"), BTREE), 0, 0, 0, false)));
            assertThat("what the tiers were told", tiers.calls(), is(empty()));
            assertThat("the placement", tiers.engine().placement(), is(Placement.all(LSM)));
            assertThat("the move that is noted", tiers.engine().move(), is(Optional.of(report.move())));
        }
    }

    @Test
    @DisplayName("after a step the move waits, and stop ends the wait")
    void stopWhileWaiting() throws InterruptedException {
        String large = "x".repeat(100);
        try (TwoTiers tiers = TwoTiers.with("a=" + large, "b=2");
                Crew crew = new Crew()) {
            CountDownLatch asked = new CountDownLatch(2); // by the constructor, and after the first step
            MigratorOptions options = MigratorOptions.defaults()
                    .withStepBytes(1)
                    .withBytesPerSecond(1)
                    .withNanoClock(() -> {
                        asked.countDown();
                        return System.nanoTime();
                    });
            TierMigrator slow = new TierMigrator(tiers.engine(), options);
            AtomicBoolean isSecondStep = new AtomicBoolean();
            tiers.onCall(call -> isSecondStep.compareAndSet(false, call.equals("btree: put b=2")));
            AtomicBoolean ended = new AtomicBoolean(true);
            AtomicReference<@Nullable Thread> mover = new AtomicReference<>();
            crew.start("mover", () -> {
                mover.set(Thread.currentThread());
                ended.set(slow.move(range("a", "c"), BTREE).ended());
            });
            while (!crew.hasFailed() && !isSecondStep.get() && (asked.getCount() > 0 || !isWaiting(mover.get()))) {
                Thread.onSpinWait();
            }
            slow.stop();
            crew.join();
            assertThat(
                    "a second step began within the 101 seconds that the first one costs",
                    isSecondStep.get(),
                    is(false));
            assertThat("ended", ended.get(), is(false));
        }
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    @DisplayName("an unknown tier is refused before anything is noted")
    void unknownTier() {
        try (TwoTiers tiers = TwoTiers.with("a=1")) {
            assertThrows(IllegalArgumentException.class, () -> tiers.migrator(1).move(range("a", "b"), "tape"));
            assertThat(tiers.engine().move(), is(Optional.empty()));
            assertThat(tiers.calls(), is(empty()));
        }
    }

    @Test
    @DisplayName("when a tier fails, whatever it was about to do, everything can be read, and resume ends the move")
    void failingTier() {
        for (int fails = 0; fails < 7; fails++) {
            try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3", "d=4")) {
                AtomicInteger left = new AtomicInteger(fails);
                tiers.onCall(call -> {
                    if (left.getAndDecrement() == 0) {
                        throw fault();
                    }
                });
                assertThrows(
                        StorageIoException.class,
                        () -> tiers.migrator(4).move(range("a", "e"), BTREE),
                        "call " + fails);
                Map<String, String> expected = new TreeMap<>(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
                assertThat("after a failure of call " + fails, tiers.content(), is(expected));
                tiers.delete("d");
                tiers.put("c=9");
                expected.remove("d");
                expected.put("c", "9");
                assertThat(tiers.migrator(4).resume().orElseThrow().ended(), is(true));
                assertThat("after it was resumed, call " + fails, tiers.content(), is(expected));
                tiers.engine().verify();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SurvivalMode.class)
    @DisplayName("after a crash, resume deletes what earlier steps and the copy have left where nobody reads it")
    void leftovers(SurvivalMode mode) {
        TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3", "d=4", "e=5");
        TierMigrator migrator = tiers.migrator(4);
        tiers.onCall(call -> {
            if (call.startsWith("lsm: delete a")) {
                throw fault();
            }
        });
        assertThrows(StorageIoException.class, () -> migrator.move(range("a", "f"), BTREE));
        try (TwoTiers again = tiers.afterCrash(mode)) {
            again.engine().tier(BTREE).put(Slice.utf8("cc"), Slice.utf8("deleted since"));
            again.engine().tier(BTREE).put(Slice.utf8("d"), Slice.utf8("old"));
            assertThat("before it is resumed", again.content().toString(), is("{a=1, b=2, c=3, d=4, e=5}"));
            assertThat(again.migrator(100).resume().orElseThrow().ended(), is(true));
            assertThat(again.content().toString(), is("{a=1, b=2, c=3, d=4, e=5}"));
            assertThat(again.contentOf(BTREE), is(again.content()));
            assertThat(again.contentOf(LSM), is(anEmptyMap()));
        }
    }

    @Test
    @DisplayName("what a copy has left on the target goes also if the source has nothing there")
    void onlyLeftovers() {
        try (TwoTiers tiers = TwoTiers.with("a=1")) {
            tiers.engine().tier(BTREE).put(Slice.utf8("c"), Slice.utf8("left"));
            assertThat(tiers.migrator(100).move(range("b", "f"), BTREE).ended(), is(true));
            assertThat(tiers.content().toString(), is("{a=1}"));
            assertThat(tiers.contentOf(BTREE), is(anEmptyMap()));
        }
    }

    @Test
    @DisplayName("snapshots and cursors from before a move show what they showed")
    void openReaders() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "b=2", "c=3");
                EngineSnapshot snapshot = tiers.engine().snapshot();
                Cursor cursor = tiers.engine().cursor(range("a", null))) {
            cursor.seekToFirst();
            tiers.migrator(2).move(range("a", "c"), BTREE);
            tiers.put("a=9");
            cursor.next();
            assertThat(cursor.value(), is(Slice.utf8("2")));
            cursor.next();
            assertThat(cursor.value(), is(Slice.utf8("3")));
            assertThat(snapshot.get(Slice.utf8("a")), is(Optional.of(Slice.utf8("1"))));
            assertThat(tiers.engine().get(Slice.utf8("a")), is(Optional.of(Slice.utf8("9"))));
        }
    }

    @Test
    @DisplayName(
            "while ranges move to and fro, every batch over both tiers is seen as a whole, and no key goes back in time")
    void threads() throws InterruptedException {
        int rounds = 400;
        try (TwoTiers tiers = TwoTiers.with("a=0", "m=0", "z=0");
                Crew crew = new Crew()) {
            AtomicBoolean ended = new AtomicBoolean();
            crew.start("writer", () -> {
                for (int i = 1; i <= rounds; i++) {
                    Slice value = Slice.utf8(Integer.toString(i));
                    tiers.engine()
                            .write(
                                    new WriteBatch()
                                            .put(Slice.utf8("a"), value)
                                            .put(Slice.utf8("m"), value)
                                            .put(Slice.utf8("z"), value),
                                    Durability.BUFFERED);
                }
                ended.set(true);
            });
            crew.start("mover", () -> {
                for (int i = 0; !ended.get(); i++) {
                    tiers.migrator(2).move(i % 2 == 0 ? range("a", "n") : range("m", null), i % 3 == 0 ? LSM : BTREE);
                }
            });
            crew.start("reader of snapshots", () -> {
                while (!ended.get() && !crew.hasFailed()) {
                    try (EngineSnapshot now = tiers.engine().snapshot()) {
                        Optional<Slice> first = now.get(Slice.utf8("a"));
                        assertThat(now.get(Slice.utf8("m")), is(first));
                        assertThat(now.get(Slice.utf8("z")), is(first));
                    }
                }
            });
            crew.start("reader of keys", () -> {
                int before = 0;
                while (!ended.get() && !crew.hasFailed()) {
                    int a = number(tiers, "a");
                    int z = number(tiers, "z");
                    int m = number(tiers, "m");
                    assertThat("z read after a", z, is(greaterThanOrEqualTo(a)));
                    assertThat("m read after z", m, is(greaterThanOrEqualTo(z)));
                    assertThat("a later", a, is(greaterThanOrEqualTo(before)));
                    before = a;
                }
            });
            crew.join();
            String last = Integer.toString(rounds);
            assertThat(tiers.content(), is(Map.of("a", last, "m", last, "z", last)));
            tiers.engine().verify();
        }
    }

    private static int number(TwoTiers tiers, String key) {
        return Integer.parseInt(
                tiers.engine().get(Slice.utf8(key)).orElseThrow().toUtf8());
    }

    @Test
    @DisplayName(
            "whenever the power is cut, each key has its newest value on one tier, and resume leaves it on no other one")
    void everyCrash() throws Exception {
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(42),
                disk -> {
                    try (TwoTiers tiers = TwoTiers.on(disk)) {
                        tiers.put("a=1", "b=2", "c=3", "d=4", "e=5");
                        tiers.delete("b");
                        tiers.engine().checkpoint();
                        disk.ack("{a=1, c=3, d=4, e=5}");
                        tiers.migrator(4).move(range("a", "e"), BTREE);
                        tiers.migrator(6).move(range("c", null), LSM);
                        tiers.migrator(100).move(range("", null), BTREE);
                    }
                },
                crash -> {
                    try (TwoTiers tiers = TwoTiers.on(crash.disk())) {
                        tiers.migrator(4).resume();
                        if (crash.acknowledged().isEmpty()) {
                            return;
                        }
                        crash.recovered();
                        assertThat(
                                tiers.content().toString(),
                                is(crash.acknowledged().get(0)));
                        tiers.engine().verify();
                        Map<String, String> all = new TreeMap<>(tiers.contentOf(LSM));
                        all.keySet().retainAll(tiers.contentOf(BTREE).keySet());
                        assertThat("keys on both tiers", all, is(anEmptyMap()));
                    }
                });
        assertThat("disks tried", report.images(), is(greaterThan(200L)));
    }
}
