package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static storagelab.testkit.hybrid.ScriptedStore.key;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.RouterRun;
import storagelab.testkit.hybrid.ScriptedStore;
import storagelab.workload.AccessTracker;

/** Exercise 7.6: loads that change, and what moves then. */
@Tag("7.6")
class EngineRouterLoadsHiddenTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private static void gets(AccessTracker tracker, int key, int count) {
        for (int i = 0; i < count; i++) {
            tracker.hit(key(key), 100);
        }
    }

    private static void puts(AccessTracker tracker, int key, int count) {
        for (int i = 0; i < count; i++) {
            tracker.put(key(key), 100);
        }
    }

    /** Four ranges of 250 keys and 250 kB on the LSM tree. */
    private static RouterRun fourRanges() {
        return new RouterRun(
                new ScriptedStore(1_000, 1_000, EngineKind.LSM),
                RouterRun.options(),
                List.of(key(250), key(500), key(750)));
    }

    @Test
    @DisplayName("a load that oscillates faster than the period moves nothing, a slower one at most once a period")
    void oscillation() {
        for (int half : new int[] {1, 5, 8, 11, 15, 20, 40}) {
            RouterRun run = fourRanges();
            int periods = 0;
            int moves = 0;
            for (int minutes = 0; minutes < 200; minutes += 2 * half) {
                moves += run.run(MINUTE.multipliedBy(half), tracker -> gets(tracker, 0, 50))
                        .size();
                moves += run.run(MINUTE.multipliedBy(half), tracker -> puts(tracker, 0, 50))
                        .size();
                periods += 2 * half;
            }
            assertThat(
                    "moves, " + half + " minutes of each load", moves, lessThanOrEqualTo(half < 9 ? 0 : periods / 10));
        }
    }

    @Test
    @DisplayName(
            "a crowd that is gone before a period is over moves nothing, neither while it lasts nor afterwards, however large it is")
    void flashCrowd() {
        RouterRun run = fourRanges();
        run.run(PERIOD.multipliedBy(2), tracker -> puts(tracker, 0, 5));
        List<Decision> crowd = run.run(MINUTE.multipliedBy(5), tracker -> {
            puts(tracker, 0, 5);
            gets(tracker, 0, 5_000);
        });
        assertThat("moves during five minutes of a thousand times the requests", crowd, is(empty()));
        assertThat("moves afterwards", run.run(PERIOD.multipliedBy(3), tracker -> puts(tracker, 0, 5)), is(empty()));
    }

    @Test
    @DisplayName("a hot spot that shifts is followed within two periods")
    void shiftingHotSpot() {
        RouterRun run = fourRanges();
        for (int shift = 0; shift < 8; shift++) {
            int hot = 250 * (shift % 4);
            run.run(PERIOD.multipliedBy(2), tracker -> {
                gets(tracker, hot, 50);
                for (int other = 0; other < 1_000; other += 250) {
                    puts(tracker, other, 1);
                }
            });
            for (int range = 0; range < 1_000; range += 250) {
                assertThat(
                        "range from " + range + " on, hot is " + hot,
                        run.router().engineOf(key(range)),
                        is(range == hot ? EngineKind.BTREE : EngineKind.LSM));
            }
        }
    }

    @Test
    @DisplayName("the hot part of a range gets a range of its own, and cold ranges become one again")
    void boundaries() {
        ScriptedStore store = new ScriptedStore(1_000, 1_000, EngineKind.LSM);
        RouterRun run = new RouterRun(
                store, RouterRun.options().withBoundaries(new BoundaryOptions(12, 1_000, 2_000_000, 4, 1)), List.of());
        store.locality(key(300), 0.01, 0.9);
        run.run(PERIOD, tracker -> IntStream.range(300, 303).forEach(hot -> gets(tracker, hot, 30)));
        int ranges = run.ranges().size();
        assertThat("ranges at most", ranges, lessThanOrEqualTo(12));
        assertThat(
                "the hot range: " + run.ranges(),
                store.dataOf(rangeOf(run, 300)).entries(),
                lessThanOrEqualTo(8L));
        run.run(PERIOD.multipliedBy(3), tracker -> IntStream.range(300, 303).forEach(hot -> gets(tracker, hot, 30)));
        assertThat("hot", run.router().engineOf(key(301)), is(EngineKind.BTREE));
        assertThat("its neighbours", run.router().engineOf(key(600)), is(EngineKind.LSM));
        run.run(PERIOD.multipliedBy(3), tracker -> puts(tracker, 302, 1));
        assertThat("when it has cooled: " + run.ranges(), run.ranges().size(), lessThanOrEqualTo(3));
    }

    private static KeyRange rangeOf(RouterRun run, int key) {
        Slice hot = key(key);
        return run.ranges().stream()
                .filter(range -> range.contains(hot))
                .findFirst()
                .orElseThrow();
    }
}
