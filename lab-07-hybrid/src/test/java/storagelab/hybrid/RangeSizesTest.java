package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.testkit.recovery.SmallStores;
import storagelab.testkit.tier.MovingStore;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;

class RangeSizesTest {
    private static final int ENTRIES = 2_000;

    private static Slice key(int number) {
        return Slice.utf8("key/%06d".formatted(number));
    }

    private static KeyRange range(int from, int to) {
        return KeyRange.of(key(from), key(to));
    }

    /** Entries of 110 bytes: the keys below 1,000 on the B+tree, the others on the LSM tree. */
    private static TieredEngine filled() {
        TieredEngine engine = TieredEngine.open(
                CrashDisk.create().root(),
                List.of(EngineKind.LSM, EngineKind.BTREE),
                SmallStores.options(EngineKind.BTREE));
        for (int i = 0; i < ENTRIES; i++) {
            engine.write(new WriteBatch().put(key(i), Slice.utf8("0123456789".repeat(10))), Durability.BUFFERED);
        }
        new TierMigrator(engine, MovingStore.SMALL_STEPS.withStepBytes(100_000)).move(range(0, 1_000), "btree");
        engine.checkpoint();
        return engine;
    }

    @Test
    @DisplayName("entries and bytes of a range on either tier, or on both, are about right")
    void sizes() {
        try (TieredEngine engine = filled()) {
            RangeSizes sizes = new RangeSizes(engine, new KeySample(0));
            for (int[] ends : new int[][] {{0, 1_000}, {1_000, 2_000}, {200, 600}, {1_200, 1_600}, {500, 1_500}}) {
                RangeData data = sizes.dataOf(range(ends[0], ends[1]));
                double expected = ends[1] - ends[0];
                assertThat("entries", (double) data.entries(), closeTo(expected, expected * 0.4));
                assertThat("bytes", (double) data.bytes(), closeTo(expected * 110, expected * 110 * 0.4));
            }
            assertThat(sizes.dataOf(KeyRange.prefix(Slice.utf8("zzz"))), is(RangeData.uniform(0, 0)));
            assertThat(sizes.engineOf(range(5, 9)), is(EngineKind.BTREE));
            assertThat(sizes.engineOf(range(1_500, 1_600)), is(EngineKind.LSM));
        }
    }

    @Test
    @DisplayName("the middle of a range is in it, and divides its bytes about evenly; one key has none")
    void middle() {
        try (TieredEngine engine = filled()) {
            RangeSizes sizes = new RangeSizes(engine, new KeySample(0));
            for (int[] ends :
                    new int[][] {{0, 1_000}, {1_000, 2_000}, {0, 2_000}, {300, 400}, {300, 401}, {1_000, 1_201}}) {
                Slice middle = sizes.dividerOf(range(ends[0], ends[1])).orElseThrow();
                int number = Integer.parseInt(middle.toUtf8().substring(4));
                double half = (ends[0] + ends[1]) / 2.0;
                assertThat(
                        "middle of " + ends[0] + " to " + ends[1],
                        (double) number,
                        closeTo(half, (ends[1] - ends[0]) * 0.3));
            }
            assertThat(sizes.dividerOf(range(7, 8)), is(Optional.empty()));
            assertThat(sizes.dividerOf(KeyRange.prefix(Slice.utf8("zzz"))), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName(
            "a range with a hot part is divided where that begins or ends, at the end with more of the other keys behind it")
    void hotEnds() {
        try (TieredEngine engine = filled()) {
            for (int first : new int[] {0, 400, 1_500, 1_800}) {
                KeySample sample = new KeySample(0);
                RangeSizes sizes = new RangeSizes(engine, sample);
                Random random = new Random(first);
                for (int i = 0; i < 200_000; i++) {
                    boolean isHot = random.nextInt(100) < 75;
                    sample.requested(key(isHot ? first + random.nextInt(200) : random.nextInt(ENTRIES)));
                }
                String divider =
                        sizes.dividerOf(range(0, ENTRIES)).orElseThrow().toUtf8();
                double expected = first < 1_000 ? first + 200 : first;
                assertThat(
                        "divider, with hot keys from " + first + " on",
                        (double) Integer.parseInt(divider.substring(4)),
                        closeTo(expected, 300));
            }
        }
    }

    @Test
    @DisplayName(
            "requests for a tenth of the keys are seen as that, whether they are all or most, and requests for all keys as uniform")
    void locality() {
        try (TieredEngine engine = filled()) {
            KeySample sample = new KeySample(0);
            RangeSizes sizes = new RangeSizes(engine, sample);
            KeyRange all = range(0, ENTRIES);
            assertThat("without requests", sizes.dataOf(all).locality(), is(Locality.UNIFORM));
            Random random = new Random(4);
            for (int i = 0; i < 20_000; i++) {
                sample.requested(key(random.nextInt(ENTRIES)));
            }
            Locality uniform = sizes.dataOf(all).locality();
            assertThat("of uniform requests", uniform.requestShare() / uniform.keyShare(), is(lessThan(1.5)));
            for (int i = 0; i < 200_000; i++) {
                sample.requested(key(400 + random.nextInt(ENTRIES / 10)));
            }
            Locality hot = sizes.dataOf(all).locality();
            assertThat("share of the keys", hot.keyShare(), closeTo(0.1, 0.06));
            assertThat("share of the requests", hot.requestShare(), is(1.0));
            for (int i = 0; i < 200_000; i++) {
                boolean isHot = random.nextInt(100) < 88;
                sample.requested(key(isHot ? 400 + random.nextInt(ENTRIES / 10) : random.nextInt(ENTRIES)));
            }
            Locality mostly = sizes.dataOf(all).locality();
            assertThat("share of the keys that most requests ask for", mostly.keyShare(), closeTo(0.09, 0.06));
            assertThat("share of these requests", mostly.requestShare(), closeTo(0.85, 0.06));
        }
    }
}
