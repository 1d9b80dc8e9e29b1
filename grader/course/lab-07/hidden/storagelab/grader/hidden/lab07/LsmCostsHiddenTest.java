package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cost.Locality;
import storagelab.cost.LsmCosts;
import storagelab.cost.RangeData;
import storagelab.cost.Work;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.workload.RangeStatistics;

@Tag("7.5")
@DisplayName("The costs of an LSM tree")
final class LsmCostsHiddenTest {
    private static final int ROUNDS = 300;

    private static LsmCosts costs(CostCase given) {
        return new LsmCosts(given.processor(), given.settings(), given.data(), given.load());
    }

    @Test
    @DisplayName("have the fewest levels that all tables fit into, and a run for each besides those of level 0")
    void levels() {
        // Entries of 126 bytes are 128 in a table: 4,096 of them fill level 1, and 36,864 the levels 1 and 2.
        record Case(int entries, int levels) {}
        for (Case one : new Case[] {
            new Case(0, 1),
            new Case(4_096, 1),
            new Case(4_097, 2),
            new Case(36_864, 2),
            new Case(36_865, 3),
            new Case(400_000, 4)
        }) {
            LsmCosts costs = costs(
                    CostCase.of(RangeData.uniform(one.entries, one.entries * 126L), CostCase.load(1, 0, 0, 0, 0)));
            String what = " with " + one.entries + " entries, of 128 bytes in a table";
            Step.at(what);
            assertEquals(one.levels, costs.levels(), "levels below level 0" + what);
            CostCase.same(one.levels + 1.5, costs.runs(), "runs" + what);
        }
        random((given, costs, right) -> given.check(right.runs, costs.runs(), "runs"));
    }

    @Test
    @DisplayName("write all of level 1 for each few flushes, and what comes to it")
    void levelOne() {
        Seeds.check(ROUNDS, random -> {
            CostCase any = CostCase.random(random);
            long entries = 1
                    + random.nextInt(
                            (int) Math.min(100_000, any.settings().levels().baseBytes() / 400));
            CostCase given =
                    any.with(new RangeData(entries, entries * 300, any.data().locality()));
            given.check(new LsmFormulas(given).merged, costs(given).mergedPerPut(), "merged bytes, with one level");
        });
    }

    @Test
    @DisplayName("write on each level below what comes, and what that meets")
    void merged() {
        random((given, costs, right) -> given.check(right.merged, costs.mergedPerPut(), "merged bytes for each put"));
    }

    @Test
    @DisplayName("write each key once that is in a memtable, besides what merges write")
    void written() {
        random((given, costs, right) ->
                given.check(right.written, costs.writtenPerPut(), "written bytes for each put"));
    }

    @Test
    @DisplayName("sync each table, and for each flush and merge the directory and the manifest")
    void syncs() {
        random((given, costs, right) -> given.check(right.syncs, costs.write().syncs(), "syncs of a put"));
    }

    @Test
    @DisplayName("find in the cache what the last requests touched, if nothing is written")
    void cache() {
        Seeds.check(ROUNDS, random -> {
            CostCase given = CostCase.random(random).with(CostCase.load(7, 2, 1, 0, 0));
            given.check(
                    new LsmFormulas(given).missShare,
                    costs(given).blockMissShare(),
                    "share of reads that miss, without writes");
        });
    }

    @Test
    @DisplayName("read each block again after a merge has written it")
    void mergesEmptyTheCache() {
        Seeds.check(ROUNDS, random -> {
            CostCase any = CostCase.random(random);
            CostCase given =
                    any.with(CostCase.load(random.nextInt(50), 1, random.nextInt(20), 1 + random.nextInt(200), 2));
            given.check(
                    new LsmFormulas(given).missShare,
                    costs(given).blockMissShare(),
                    "share of reads that miss, with writes");
        });
        CostCase noReads = CostCase.of(RangeData.uniform(40_000, 4_640_000), CostCase.load(0, 0, 0, 9, 0));
        noReads.check(new LsmFormulas(noReads).missShare, costs(noReads).blockMissShare(), "share of reads that miss");
    }

    @Test
    @DisplayName("of a get that finds nothing: a filter of each run, and a block for each wrong answer")
    void miss() {
        work(LsmCosts::miss, LsmFormulas::miss, "a miss");
    }

    @Test
    @DisplayName("of a get that finds a value: the memtable may have it, and else the block of the run that has it")
    void hit() {
        work(LsmCosts::hit, LsmFormulas::hit, "a hit");
    }

    @Test
    @DisplayName("of a scan: a block of each run, and those that its entries fill")
    void scan() {
        for (double entries : new double[] {0, 1, 12.5, 4_000}) {
            work(costs -> costs.scan(entries), right -> right.scan(entries), "a scan of " + entries + " entries");
        }
    }

    @Test
    @DisplayName("of a put or a delete: the memtable, and its share of flushes and merges")
    void write() {
        work(LsmCosts::write, LsmFormulas::write, "a put");
    }

    @Test
    @DisplayName("of a load: each kind of request as often as it was counted")
    void load() {
        random((given, costs, right) -> Works.check(given, right.of(given.load()), costs.of(given.load()), "the load"));
    }

    @Test
    @DisplayName("are finite for no entries, for entries of no bytes, and for keys that are never asked for")
    void edges() {
        RangeStatistics load = CostCase.load(10, 20, 5, 40, 3);
        RangeData[] edges = {
            RangeData.uniform(0, 0),
            RangeData.uniform(50_000, 0),
            RangeData.uniform(1, 1 << 20),
            RangeData.uniform(100_000, 11_600_000).withLocality(new Locality(0.02, 1))
        };
        for (RangeData data : edges) {
            CostCase given = CostCase.of(data, load);
            Step.at(data.toString());
            Works.check(given, new LsmFormulas(given).of(load), costs(given).of(load), "the load");
        }
    }

    private interface Check {
        void of(CostCase given, LsmCosts costs, LsmFormulas right);
    }

    private static void random(Check check) {
        Seeds.check(ROUNDS, random -> {
            CostCase given = CostCase.random(random);
            check.of(given, costs(given), new LsmFormulas(given));
        });
    }

    private static void work(Function<LsmCosts, Work> actual, Function<LsmFormulas, Work> expected, String what) {
        random((given, costs, right) -> Works.check(given, expected.apply(right), actual.apply(costs), what));
    }
}
