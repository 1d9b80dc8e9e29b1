package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Isolation;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;
import storagelab.testkit.kv.HistoryChecker.Anomaly;

/** The checker finds one anomaly of each kind, and none where there is none. */
class HistoryCheckerTest {
    private static final int X = 1;
    private static final int Y = 2;

    private static History.Step append(int key, int number) {
        return new History.Append(key, number);
    }

    private static History.Step read(int key, Integer... numbers) {
        return new History.Read(key, Arrays.asList(numbers));
    }

    private static List<History.Step> committed(History.Step... steps) {
        return List.of(steps);
    }

    @SafeVarargs
    private static History history(List<History.Step>... transactions) {
        List<History.Observed> observed = new ArrayList<>();
        for (List<History.Step> steps : transactions) {
            observed.add(new History.Observed(observed.size(), steps, true));
        }
        return new History(observed);
    }

    private static void assertFinds(Anomaly expected, Isolation level, History history) {
        assertThat(HistoryChecker.anomaly(history, level), is(Optional.of(expected)));
    }

    @Test
    @DisplayName("an order of the transactions explains everything: no anomaly")
    void none() {
        History history = history(
                committed(append(X, 1), append(Y, 2)),
                committed(read(X, 1), append(X, 3), read(X, 1, 3)),
                committed(read(X, 1, 3), read(Y, 2)));
        for (Isolation level : Isolation.values()) {
            assertThat(HistoryChecker.check(history, level), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("a read of what was rolled back, and of what was never appended")
    void abortedRead() {
        History.Observed aborted = new History.Observed(0, committed(append(X, 1)), false);
        History.Observed reader = new History.Observed(1, committed(read(X, 1)), true);
        assertFinds(Anomaly.G1A_ABORTED_READ, Isolation.SNAPSHOT, new History(List.of(aborted, reader)));
        assertFinds(Anomaly.G1A_ABORTED_READ, Isolation.SNAPSHOT, history(committed(read(X, 9))));
    }

    @Test
    @DisplayName("a read between two appends of one transaction")
    void intermediateRead() {
        assertFinds(
                Anomaly.G1B_INTERMEDIATE_READ,
                Isolation.SNAPSHOT,
                history(committed(append(X, 1), append(X, 2)), committed(read(X, 1))));
    }

    @Test
    @DisplayName("a lost update: two reads of a key that go apart")
    void incompatible() {
        assertFinds(
                Anomaly.INCOMPATIBLE_ORDER,
                Isolation.SNAPSHOT,
                history(
                        committed(append(X, 1)),
                        committed(append(X, 2)),
                        committed(read(X, 1)),
                        committed(read(X, 2))));
    }

    @Test
    @DisplayName("a transaction that does not read its own append")
    void internal() {
        assertFinds(Anomaly.INTERNAL, Isolation.SNAPSHOT, history(committed(append(X, 1), read(X), append(Y, 2))));
    }

    @Test
    @DisplayName("writes of two transactions in different orders on two keys")
    void writeCycle() {
        assertFinds(
                Anomaly.G0_WRITE_CYCLE,
                Isolation.SNAPSHOT,
                history(
                        committed(append(X, 1), append(Y, 2)),
                        committed(append(X, 3), append(Y, 4)),
                        committed(read(X, 1, 3), read(Y, 4, 2))));
    }

    @Test
    @DisplayName("two transactions that have each read what the other appended")
    void circularFlow() {
        assertFinds(
                Anomaly.G1C_CIRCULAR_FLOW,
                Isolation.SNAPSHOT,
                history(committed(append(X, 1), read(Y, 2)), committed(append(Y, 2), read(X, 1))));
    }

    @Test
    @DisplayName("x of before another transaction, and y of after it")
    void readSkew() {
        assertFinds(
                Anomaly.G_SINGLE_READ_SKEW,
                Isolation.SNAPSHOT,
                history(committed(append(X, 1), append(Y, 2)), committed(read(X), read(Y, 2)), committed(read(X, 1))));
    }

    @Test
    @DisplayName("write skew is an anomaly where the level is serializable, and none where it is not")
    void writeSkew() {
        History history = history(
                committed(read(X), read(Y), append(X, 1)),
                committed(read(X), read(Y), append(Y, 2)),
                committed(read(X, 1), read(Y, 2)));
        assertFinds(Anomaly.G2_WRITE_SKEW, Isolation.SERIALIZABLE, history);
        assertThat(HistoryChecker.check(history, Isolation.SNAPSHOT), is(Optional.empty()));
    }

    @Test
    @DisplayName(
            "two readers that have seen two appends in different orders: a long fork, which a snapshot does not allow")
    void longFork() {
        assertFinds(
                Anomaly.G_SINGLE_READ_SKEW,
                Isolation.SNAPSHOT,
                history(
                        committed(append(X, 1)),
                        committed(append(Y, 2)),
                        committed(read(X, 1), read(Y)),
                        committed(read(X), read(Y, 2))));
    }
}
