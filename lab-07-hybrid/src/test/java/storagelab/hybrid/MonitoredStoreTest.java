package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.Placement;
import storagelab.workload.TrackerOptions;

/** A monitor that listens to a store. */
class MonitoredStoreTest {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int PRICES = 200;
    private static final int ORDERS_A_ROUND = 300;

    private final HandClock clock = new HandClock();
    private final Random random = new Random(1);

    private HybridOptions options() {
        return HybridStores.small()
                .withTracker(TrackerOptions.defaults().withClock(clock).withHalfLife(ROUND.multipliedBy(2)))
                .withRouter(RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(Duration.ofMinutes(1))
                        .withBoundaries(new BoundaryOptions(64, 2_000, 100_000, 2, 0.1)));
    }

    private static Slice price(int product) {
        return Slice.utf8("price/%04d".formatted(product));
    }

    private void shop(HybridStore store, int round) {
        Slice order = Slice.utf8("ten bottles of rum, and a chest for them");
        for (int i = 0; i < ORDERS_A_ROUND; i++) {
            store.put(Slice.utf8("order/%08d".formatted(round * ORDERS_A_ROUND + i)), order);
            for (int read = 0; read < 5; read++) {
                store.get(price(random.nextInt(PRICES)));
            }
        }
    }

    @Test
    @DisplayName("sees each round, and each move that the store counts")
    void monitored() {
        HybridMonitor monitor =
                new HybridMonitor(MonitorOptions.defaults().withClock(clock).withLimits(1_000, 1_000, 1_000));
        try (HybridStore store = HybridStore.open(CrashDisk.create().root(), options())) {
            store.listen(monitor);
            store.runRound(); // no time has passed: nothing can be said about the load
            assertThat(monitor.history().rounds().size(), is(0));
            for (int i = 0; i < PRICES; i++) {
                store.put(price(i), Slice.utf8("4.50"));
            }
            for (int round = 0; round < 24; round++) {
                shop(store, round);
                clock.pass(ROUND);
                store.runRound();
                assertThat(monitor.history().decisions(), is(store.decisions()));
            }
            List<MoveView> moves = monitor.history().moves();
            assertThat(monitor.history().rounds().size(), is(24));
            assertThat(moves.size(), is(greaterThan(0)));
            assertThat((long) moves.size(), is(store.stats().get(HybridMetrics.MOVES)));
            assertThat(
                    moves.stream().mapToLong(MoveView::bytes).sum(),
                    is(store.stats().get(HybridMetrics.MOVED_BYTES)));
            Placement placement = Placement.all("lsm");
            for (MoveView move : moves) {
                placement = placement.with(move.move().range(), move.move().to());
            }
            assertThat("all moves after each other", placement, is(store.placement()));
            assertThat(monitor.metrics(), containsString("storagelab_hybrid_moves_running 0"));
        }
    }
}
