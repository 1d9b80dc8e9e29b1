package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.cost.CostModel;
import storagelab.cost.EngineCosts;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.RangeData;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;
import storagelab.writeback.WriteBackOptions;

@DisplayName("The costs of a B+tree behind a write-back cache")
class WriteBackCostsTest {
    private static final int ENTRY_BYTES = 116;
    private static final RangeData PRICES = RangeData.uniform(1_000, 1_000 * ENTRY_BYTES);
    private static final WriteBackOptions ROOM =
            WriteBackOptions.defaults().withFlushBytes(5_000 * (ENTRY_BYTES + 210));
    private static final EngineSettings SETTINGS = EngineSettings.defaults().withCheckpointBytes(40_000 * ENTRY_BYTES);

    private static RangeStatistics load(double gets, double puts) {
        return new RangeStatistics(KeyRange.all(), gets, 0, 0, 0, 0, puts, 0, 100 * gets, 100 * puts);
    }

    private static WriteBackCosts costs(WriteBackOptions cache) {
        return new WriteBackCosts(HardwareProfile.defaults(), SETTINGS, SETTINGS, cache);
    }

    @Test
    @DisplayName("the tree gets each key once between two checkpoints, if the cache has room for all")
    void untilCheckpoint() {
        assertThat(costs(ROOM).shareOfWrites(load(0, 1_000_000), PRICES), closeTo(0.025, 1e-6));
    }

    @Test
    @DisplayName("no more writes count than the load has")
    void seen() {
        double touched = 1_000 * (1 - Math.exp(-0.5));
        assertThat(costs(ROOM).shareOfWrites(load(0, 500), PRICES), closeTo(touched / 500, 1e-9));
    }

    @Test
    @DisplayName("a cache with room for a tenth of the keys is flushed before many were written twice")
    void small() {
        WriteBackOptions small = ROOM.withFlushBytes(100 * (ENTRY_BYTES + 210));
        double writes = -1_000 * Math.log(0.9); // touch 100 keys
        assertThat(costs(small).shareOfWrites(load(0, 1_000_000), PRICES), closeTo(100 / writes, 1e-6));
    }

    @Test
    @DisplayName("prices that change all the time are cheaper on the tree, orders on the LSM tree, whose costs stay")
    void engines() {
        RangeStatistics changing = load(50_000, 50_000);
        CostModel bare = new CostModel(HardwareProfile.defaults(), SETTINGS);
        EngineCosts prices = costs(ROOM).costs(changing, 1, PRICES);
        assertThat(prices.cheaper(), is(EngineKind.BTREE));
        assertThat(
                prices.btreeMicros(),
                is(lessThan(bare.costs(changing, 1, PRICES).btreeMicros())));
        assertThat(prices.lsmMicros(), is(bare.costs(changing, 1, PRICES).lsmMicros()));
        RangeData orders = RangeData.uniform(10_000_000, 10_000_000L * ENTRY_BYTES);
        EngineCosts ofOrders = costs(ROOM).costs(load(100, 50_000), 1, orders);
        assertThat(ofOrders.cheaper(), is(EngineKind.LSM));
        assertThat(ofOrders.ratio(), is(greaterThan(1.2)));
    }
}
