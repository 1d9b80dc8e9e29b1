package storagelab.tier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.testkit.tier.TwoTiers;

@Tag("7.7")
class TierMigratorTest {
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
            tiers.onCall(call -> placements.add(TierManifest.read(tiers.directory())
                    .orElseThrow()
                    .placement()
                    .toString()));
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
                assertThat("what is still watched", touchedAfterPut(tiers), is(empty()));
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

    /** What is noted of a put in the middle of the range, which puts what is there already. */
    private static Set<Slice> touchedAfterPut(TwoTiers tiers) {
        tiers.put("b=2");
        return tiers.engine().takeTouched();
    }

    @Test
    @DisplayName("a throttle lets pass so many bytes a second, and what was not used is gone")
    void throttle() {
        long[] now = {0};
        MoveThrottle throttle = new MoveThrottle(
                MigratorOptions.defaults().withBytesPerSecond(1_000).withNanoClock(() -> now[0]));
        assertThat(throttle.waitNanos(500), is(500_000_000L));
        now[0] = 200_000_000;
        assertThat(throttle.waitNanos(500), is(800_000_000L));
        now[0] = 9_000_000_000L;
        assertThat(throttle.waitNanos(500), is(500_000_000L));
        MoveThrottle open = new MoveThrottle(MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE));
        assertThat(open.waitNanos(Long.MAX_VALUE), is(0L));
    }
}
