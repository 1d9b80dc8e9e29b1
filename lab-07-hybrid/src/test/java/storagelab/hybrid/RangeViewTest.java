package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.cost.EngineCosts;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.Rounds;
import storagelab.testkit.hybrid.Rounds.Asked;

class RangeViewTest {
    private final Rounds round = Rounds.at(1)
            .range("b", EngineKind.LSM, Verdict.STAYS, new Asked(8, 4, 2))
            .with(new EngineCosts(3, 5), 100)
            .range("∞", EngineKind.BTREE, Verdict.TOO_NEW, new Asked(16, 32, 64))
            .with(new EngineCosts(30, 50), 1_000);
    private final List<RangeView> views = RangeView.of(round.decisions(), round.load(), round.seconds());

    @Test
    @DisplayName("two neighbours together have the sums of all numbers")
    void plus() {
        RangeView both = views.get(0).plus(views.get(1));
        assertThat(
                both,
                is(new RangeView(
                        KeyRange.all(),
                        Set.of(EngineKind.LSM, EngineKind.BTREE),
                        24,
                        36,
                        66,
                        new EngineCosts(33, 55),
                        1_100,
                        Map.of(Verdict.STAYS, 1, Verdict.TOO_NEW, 1))));
        assertThat(both.rangeCount(), is(2));
        assertThat(both.requestsPerSecond(), is(126.0));
    }

    @Test
    @DisplayName("ranges that do not meet are refused, and a load of other ranges")
    void refused() {
        IllegalArgumentException apart =
                assertThrows(IllegalArgumentException.class, () -> views.get(1).plus(views.get(0)));
        assertThat(apart.getMessage(), is("[, b) does not follow [b, ∞)"));
        IllegalArgumentException fewer = assertThrows(
                IllegalArgumentException.class,
                () -> RangeView.of(round.decisions(), round.load().subList(0, 1), 1));
        assertThat(fewer.getMessage(), containsString("2 decisions, the load of 1 ranges"));
        IllegalArgumentException others = assertThrows(
                IllegalArgumentException.class,
                () -> RangeView.of(
                        round.decisions(),
                        List.of(round.load().get(1), round.load().get(0)),
                        1));
        assertThat(others.getMessage(), is("a decision about [, b), the load of [b, ∞)"));
    }
}
