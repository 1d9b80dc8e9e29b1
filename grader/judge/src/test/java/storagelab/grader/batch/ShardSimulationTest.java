package storagelab.grader.batch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * 50,000 submissions on 100 machines with two processors: 40 s each (median; a lab with a dozen exercises), and one in twenty uses up its
 * limit of 900 s. The figures are in the decision a-gradebook-is-a-folder-of-results.
 */
@DisplayName("What 50,000 submissions wait for on 100 machines")
class ShardSimulationTest {
    private static final int SUBMISSIONS = 50_000;
    private static final int MACHINES = 100;
    private static final int JOBS = 2;
    private static final double LIMIT_SECONDS = 900;

    private static final List<Double> SECONDS = new ArrayList<>();

    @BeforeAll
    static void submissions() {
        Random random = new Random(20_261_125);
        for (int i = 0; i < SUBMISSIONS; i++) {
            boolean isHostile = random.nextInt(20) == 0;
            double honest = 40 * Math.exp(0.4 * random.nextGaussian());
            SECONDS.add(isHostile ? LIMIT_SECONDS : Math.min(LIMIT_SECONDS, honest));
        }
    }

    /** How long the pieces take if each goes to the first worker that is free. */
    private static double end(List<Double> pieces, int workers) {
        PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(workers, 0.0));
        double end = 0;
        for (double piece : pieces) {
            double done = free.remove() + piece;
            free.add(done);
            end = Math.max(end, done);
        }
        return end;
    }

    /** When the last of so many shards is done, in the time that it would take if no machine ever waited. */
    private static double partOfIdeal(int shards) {
        double all = SECONDS.stream().mapToDouble(seconds -> seconds).sum();
        List<Double> ends = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            ends.add(end(new Shard(shard, shards).of(SECONDS), JOBS));
        }
        return end(ends, MACHINES) / (all / MACHINES / JOBS);
    }

    @Test
    @DisplayName("is the unluckiest machine, if there are as many shards as machines")
    void oneShardForEachMachine() {
        assertThat(partOfIdeal(MACHINES), closeTo(1.25, 0.1));
    }

    @Test
    @DisplayName("is less, if there are several times as many shards as machines")
    void severalShardsForEachMachine() {
        assertThat(partOfIdeal(10 * MACHINES), lessThan(1.2));
        assertThat(partOfIdeal(10 * MACHINES), lessThan(partOfIdeal(MACHINES)));
    }

    @Test
    @DisplayName("is one submission that uses up its limit, if a shard has few submissions")
    void tooManyShards() {
        assertThat(
                "shards of five: one processor waits for the other one's last submission",
                partOfIdeal(100 * MACHINES),
                greaterThan(1.3));
    }
}
