package storagelab.tier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.Crew;
import storagelab.testkit.tier.TwoTiers;

/** What a migrator can rely on. */
class TieredMovesTest {
    private static final KeyRange A_TO_C = new KeyRange(Slice.utf8("a"), Slice.utf8("c"));
    private static final Move MOVE = new Move(A_TO_C, "btree");

    private static Set<Slice> keys(String... keys) {
        Set<Slice> all = new HashSet<>();
        for (String key : keys) {
            all.add(Slice.utf8(key));
        }
        return all;
    }

    @Test
    @DisplayName("keys of the watched range that are put or deleted are noted until they are taken; others are not")
    void touched() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "c=3")) {
            TieredEngine engine = tiers.engine();
            tiers.put("b=0");
            engine.watch(A_TO_C);
            assertThat("written before", engine.takeTouched(), is(keys()));
            tiers.put("b=1", "c=4", "x=1", "b=2");
            tiers.delete("a");
            assertThat(engine.takeTouched(), is(keys("a", "b")));
            assertThat("taken already", engine.takeTouched(), is(keys()));
            tiers.put("b=3");
            engine.watch(A_TO_C);
            assertThat("watched anew", engine.takeTouched(), is(keys()));
        }
    }

    @Test
    @DisplayName(
            "place refuses while noted keys are not taken, and then changes the placement on the disk and no entry")
    void place() {
        try (TwoTiers tiers = TwoTiers.with("a=1", "c=3")) {
            TieredEngine engine = tiers.engine();
            engine.watch(A_TO_C);
            tiers.put("a=2");
            assertThat("with a noted key", engine.place("btree"), is(false));
            assertThat(engine.placement(), is(Placement.all("lsm")));
            assertThat(engine.takeTouched(), is(keys("a")));
            tiers.put("c=4");
            assertThat("with no noted key", engine.place("btree"), is(true));
            Placement placed = Placement.all("lsm").with(A_TO_C, "btree");
            assertThat(engine.placement(), is(placed));
            assertThat("on the disk", TieredEngine.placementIn(tiers.directory()), is(placed));
            assertThat("not deleted", tiers.contentOf("lsm"), is(Map.of("a", "2", "c", "4")));
            assertThat("not copied", tiers.contentOf("btree"), is(Map.of()));
            assertThrows(IllegalStateException.class, () -> engine.place("btree"), "no longer watched");
        }
    }

    @Test
    @DisplayName("a move is noted on the disk from begin to end; another one is refused meanwhile, the same one is not")
    void beginAndEnd() {
        try (TwoTiers tiers = TwoTiers.with("a=1")) {
            TieredEngine engine = tiers.engine();
            engine.begin(MOVE);
            engine.begin(MOVE);
            assertThat(
                    "on the disk",
                    TierManifest.read(tiers.directory()).orElseThrow().move(),
                    is(Optional.of(MOVE)));
            assertThat("where keys are", engine.placement(), is(Placement.all("lsm")));
            assertThrows(IllegalStateException.class, () -> engine.begin(new Move(A_TO_C, "lsm")));
            assertThat(engine.move(), is(Optional.of(MOVE)));
            engine.end();
            assertThat(TierManifest.read(tiers.directory()).orElseThrow().move(), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("a migrator that was stopped before notes its move and does not take a step")
    void stoppedBefore() {
        try (TwoTiers tiers = TwoTiers.with("a=1")) {
            TierMigrator migrator = tiers.migrator(100);
            migrator.stop();
            assertThat(migrator.move(A_TO_C, "btree"), is(new MoveReport(MOVE, 0, 0, 0, false)));
            assertThat(tiers.engine().move(), is(Optional.of(MOVE)));
            assertThat(tiers.engine().placement(), is(Placement.all("lsm")));
            assertThat(tiers.contentOf("btree"), is(Map.of()));
        }
    }

    @Test
    @DisplayName(
            "without writes, this thread may write and others wait; what the action throws propagates, and they go on")
    void withoutWrites() throws InterruptedException {
        try (TwoTiers tiers = TwoTiers.with("a=0");
                Crew crew = new Crew()) {
            AtomicBoolean ended = new AtomicBoolean();
            AtomicBoolean tooSoon = new AtomicBoolean();
            assertThrows(
                    IllegalStateException.class,
                    () -> tiers.engine().withoutWrites(() -> {
                        crew.start("writer", () -> {
                            tiers.put("a=2");
                            tooSoon.set(!ended.get());
                        });
                        tiers.put("a=1");
                        assertThat("readers go on", tiers.content(), is(Map.of("a", "1")));
                        ended.set(true);
                        throw new IllegalStateException("told to fail");
                    }));
            crew.join();
            assertThat("written while the action ran", tooSoon.get(), is(false));
            assertThat(tiers.content(), is(Map.of("a", "2")));
        }
    }
}
