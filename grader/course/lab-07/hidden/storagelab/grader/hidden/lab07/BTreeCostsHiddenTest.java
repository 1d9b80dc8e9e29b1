package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cost.BTreeCosts;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.cost.Work;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

@Tag("7.5")
@DisplayName("The costs of a B+tree")
final class BTreeCostsHiddenTest {
    private static final int ROUNDS = 300;

    private static BTreeCosts costs(CostCase given) {
        return new BTreeCosts(given.processor(), given.settings(), given.data(), given.load());
    }

    private static CostCase puts(RangeData data) {
        return CostCase.of(data, CostCase.load(0, 0, 0, 100, 0));
    }

    @Test
    @DisplayName("have a branch for each 120 pages of the level below, up to a level of one page")
    void pages() {
        // Entries of 129.2 bytes, 20.125 to a leaf.
        record Case(int entries, int branches, int height) {}
        for (Case one : new Case[] {
            new Case(0, 0, 1),
            new Case(1, 0, 1),
            new Case(20, 0, 1),
            new Case(25, 1, 2),
            new Case(2_410, 1, 2), // 120 leaves
            new Case(2_420, 3, 3), // 121 leaves
            new Case(289_790, 121, 3), // 14,400 leaves
            new Case(289_810, 124, 4)
        }) {
            BTreeCosts costs = costs(puts(RangeData.uniform(one.entries, Math.round(one.entries * 129.2))));
            String what = " of a tree with " + one.entries + " entries of 129.2 bytes";
            Step.at(what);
            assertEquals(one.height, costs.height(), "levels" + what);
            CostCase.same(one.branches, costs.branches(), "branches" + what);
        }
    }

    @Test
    @DisplayName("count the leaves of entries with references if these are larger than 1,000 bytes")
    void largeEntries() {
        record Case(int bytes, double overflow, int branches) {}
        for (Case one : new Case[] {
            new Case(1_000, 0, 85 + 1), // 2.77 to a leaf, so 10,096 leaves with 28,000 entries
            new Case(1_001, 1, 4 + 1), // 66.7 to a leaf
            new Case(4_070, 1, 4 + 1),
            new Case(4_071, 2, 4 + 1),
            new Case(9_000, 3, 4 + 1)
        }) {
            CostCase given = puts(RangeData.uniform(28_000, 28_000L * one.bytes));
            BTreeCosts costs = costs(given);
            CostCase.same(one.branches, costs.branches(), "branches with 28,000 entries of " + one.bytes + " bytes");
            double more = costs.hit().blockReads() - costs.miss().blockReads();
            CostCase.same(one.overflow, more, "pages of a value, read by a hit, in entries of " + one.bytes + " bytes");
        }
    }

    @Test
    @DisplayName("count each leaf once that the writes to a checkpoint touch")
    void checkpoints() {
        random((given, costs, right) -> given.check(right.copies, costs.copiesPerWrite(), "copies for each write"));
        CostCase huge = puts(RangeData.uniform(3, 3 * (1 << 20)));
        huge.check(
                1 - 1 / Math.E,
                costs(huge).copiesPerWrite(),
                "copies for each write, each of which is a checkpoint's,");
    }

    @Test
    @DisplayName("know which share of requests misses: the last requests and the old copies fill the memory")
    void memory() {
        random((given, costs, right) -> {
            CostCase noScans = given.with(
                    CostCase.load(given.load().hits(), 5, 0, given.load().puts(), 3));
            noScans.check(new TreeFormulas(noScans).missShare, costs(noScans).missShare(), "share that misses");
        });
    }

    @Test
    @DisplayName("know that scans keep the leaves which writes have copied since")
    void scans() {
        random((given, costs, right) -> {
            CostCase scans = given.with(
                    CostCase.load(3, given.load().misses(), 0.5, given.load().puts(), 20));
            scans.check(new TreeFormulas(scans).missShare, costs(scans).missShare(), "share that misses, with scans");
        });
    }

    @Test
    @DisplayName("miss nothing in memory, and nearly all of what is much larger than memory")
    void smallAndLarge() {
        CostCase small = CostCase.of(RangeData.uniform(1_000, 100_000), CostCase.load(10, 0, 0, 0, 0));
        small.check(0, costs(small).missShare(), "share that misses, of 100,000 bytes in 1 MiB of memory");
        small.check(0, costs(small).hit().blockReads(), "blocks that a hit reads");
        CostCase large = small.with(RangeData.uniform(100_000_000, 10_000_000_000L));
        large.check(
                new TreeFormulas(large).missShare,
                costs(large).missShare(),
                "share that misses, of 10 GB in 1 MiB of memory");
        CostCase hot =
                CostCase.of(RangeData.uniform(100_000, 10_000_000).withLocality(new Locality(0.01, 1)), small.load());
        hot.check(0, costs(hot).missShare(), "share that misses, if no request leaves the hot part");
        CostCase noRequests = small.with(CostCase.load(0, 0, 0, 0, 0));
        noRequests.check(0, costs(noRequests).missShare(), "share that misses, of no requests");
    }

    @Test
    @DisplayName("of a get that finds nothing: its leaf if it is not in memory, and a search on each level")
    void miss() {
        work(BTreeCosts::miss, TreeFormulas::miss, "a miss");
    }

    @Test
    @DisplayName("of a get that finds a value: as of a miss, and the pages of the value")
    void hit() {
        work(BTreeCosts::hit, TreeFormulas::hit, "a hit");
    }

    @Test
    @DisplayName("of a scan: its leaves, the pages of its values, and each entry")
    void scan() {
        for (double entries : new double[] {0, 1, 12.5, 4_000}) {
            work(costs -> costs.scan(entries), right -> right.scan(entries), "a scan of " + entries + " entries");
        }
    }

    @Test
    @DisplayName("of a put: the page of its leaf that it shares with others, of its branch, and of its value")
    void put() {
        work(BTreeCosts::put, TreeFormulas::put, "a put");
    }

    @Test
    @DisplayName("of a delete: as of a put, but no value is written")
    void delete() {
        work(BTreeCosts::delete, TreeFormulas::delete, "a delete");
    }

    @Test
    @DisplayName("of a load: each kind of request as often as it was counted")
    void load() {
        Seeds.check(ROUNDS, random -> {
            CostCase given = CostCase.random(random);
            Works.check(
                    given,
                    new TreeFormulas(given).of(given.load()),
                    costs(given).of(given.load()),
                    "the load");
        });
    }

    @Test
    @DisplayName("have one leaf for no entries, and room for one where branches fill the memory")
    void edges() {
        RangeData[] edges = {
            RangeData.uniform(0, 0),
            RangeData.uniform(50_000, 0),
            RangeData.uniform(1, 1 << 20),
            RangeData.uniform(677_700, 677_700 * 116), // 258 branches, and memory for 256 pages
            RangeData.uniform(100_000, 11_600_000).withLocality(new Locality(0.02, 1))
        };
        for (RangeData data : edges) {
            CostCase given = CostCase.of(data, CostCase.load(10, 20, 5, 40, 3));
            Step.at(data.toString());
            Works.check(
                    given,
                    new TreeFormulas(given).of(given.load()),
                    costs(given).of(given.load()),
                    "the load");
        }
    }

    private interface Check {
        void of(CostCase given, BTreeCosts costs, TreeFormulas right);
    }

    private static void random(Check check) {
        Seeds.check(ROUNDS, (Random random) -> {
            CostCase given = CostCase.random(random);
            check.of(given, costs(given), new TreeFormulas(given));
        });
    }

    private static void work(Function<BTreeCosts, Work> actual, Function<TreeFormulas, Work> expected, String what) {
        random((given, costs, right) -> Works.check(given, expected.apply(right), actual.apply(costs), what));
    }
}
