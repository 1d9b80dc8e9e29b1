package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.kv.FalseAborts;
import storagelab.testkit.kv.MemoryTransactions;
import storagelab.testkit.kv.MemoryTransactions.Versions;

/** How often the conflict detector refuses what an order would explain. {@code -Dhistories=20000} is the run of the notes. */
class FalseAbortsTest {
    private static final int HISTORIES = Integer.getInteger("histories", 1_000);

    @Test
    @DisplayName(
            "of the transactions of random histories that were refused, lost updates aside, fewer than one in four would have fitted an order")
    void rate() {
        FalseAborts measured =
                FalseAborts.measure(HISTORIES, new Random(1), () -> new MemoryTransactions(Versions.CHAINED));
        System.out.println(
                "%,d histories of 8 transactions on 4 keys: %s, refused for nothing: %.1f %% of all refused, %.1f %% without lost updates"
                        .formatted(HISTORIES, measured, 100 * measured.rateOfAll(), 100 * measured.rate()));
        assertThat("refused transactions that fit no order", measured.needed(), is(greaterThan(0)));
        assertThat(
                "share of the refused transactions that was refused for nothing", measured.rate(), is(lessThan(0.25)));
    }
}
