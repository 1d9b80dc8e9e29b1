package storagelab.testkit.kv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import storagelab.api.Isolation;
import storagelab.api.TransactionalStore;

/**
 * How often a serializable transaction is refused although some order would explain its result: what was committed before it, and
 * the refused one after all of that.
 *
 * @param committed transactions that committed
 * @param lostUpdates refused because another one had written the same key: no order explains those
 * @param needed refused otherwise, and no order would explain the result
 * @param falseOnes refused, although an order would explain the result
 */
public record FalseAborts(int committed, int lostUpdates, int needed, int falseOnes) {
    /** Runs random histories, each on a store of its own or with keys of its own. */
    public static FalseAborts measure(int histories, Random random, Supplier<? extends TransactionalStore> stores) {
        int[] counts = new int[4];
        for (int i = 0; i < histories; i++) {
            History history = RandomHistories.mixed(
                    stores.get(),
                    Isolation.SERIALIZABLE,
                    "h" + i + ".",
                    random,
                    (before, refused) -> counts[1 + kind(before, refused)]++);
            counts[0] += (int) history.transactions().stream()
                    .filter(History.Observed::committed)
                    .count();
            counts[0]--; // the reader at the end
        }
        return new FalseAborts(counts[0], counts[1], counts[2], counts[3]);
    }

    /** Of the refused transactions without the lost updates, the share that was refused for nothing. */
    public double rate() {
        int refused = needed + falseOnes;
        return refused == 0 ? 0 : (double) falseOnes / refused;
    }

    /** Of all refused transactions, the share that was refused for nothing. */
    public double rateOfAll() {
        int refused = lostUpdates + needed + falseOnes;
        return refused == 0 ? 0 : (double) falseOnes / refused;
    }

    /** 0: a lost update, 1: no order would explain it, 2: an order would. */
    private static int kind(List<History.Observed> before, History.Observed refused) {
        List<History.Observed> committed = new ArrayList<>(
                before.stream().filter(History.Observed::committed).toList());
        if (writesOver(committed, refused)) {
            return 0;
        }
        committed.add(new History.Observed(refused.id(), refused.steps(), true));
        List<History.Observed> all = new ArrayList<>(committed);
        for (History.Observed writer : committed) {
            all.addAll(readersOf(writer, all.size() + 1000));
        }
        return HistoryChecker.check(new History(all), Isolation.SERIALIZABLE).isPresent() ? 1 : 2;
    }

    /** Whether a committed transaction has appended to a key that the refused one appends to, and the refused one has not seen it. */
    private static boolean writesOver(List<History.Observed> committed, History.Observed refused) {
        Map<Integer, Set<Integer>> seen = new HashMap<>();
        refused.steps().forEach(step -> {
            if (step instanceof History.Read read) {
                seen.computeIfAbsent(read.key(), key -> new HashSet<>()).addAll(read.numbers());
            }
        });
        return seen.keySet().stream()
                .filter(key -> !refused.appended(key).isEmpty())
                .anyMatch(key -> committed.stream()
                        .flatMap(other -> other.appended(key).stream())
                        .anyMatch(number -> !seen.getOrDefault(key, Set.of()).contains(number)));
    }

    /** For each key that a transaction has appended to, a reader of what it has left: so the order of the versions is known. */
    private static List<History.Observed> readersOf(History.Observed writer, int firstId) {
        Map<Integer, List<Integer>> left = new HashMap<>();
        for (History.Step step : writer.steps()) {
            if (step instanceof History.Read read) {
                left.put(read.key(), new ArrayList<>(read.numbers()));
            } else if (step instanceof History.Append append) {
                left.computeIfAbsent(append.key(), key -> new ArrayList<>()).add(append.number());
            }
        }
        List<History.Observed> readers = new ArrayList<>();
        left.forEach((key, numbers) -> {
            if (!writer.appended(key).isEmpty()) {
                readers.add(
                        new History.Observed(firstId + readers.size(), List.of(new History.Read(key, numbers)), true));
            }
        });
        return readers;
    }
}
