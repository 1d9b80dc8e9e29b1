package storagelab.testkit.kv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Isolation;

/**
 * Looks for what no order of the transactions of a {@link History} explains.
 *
 * <p>The longest list that was read of a key is the order of its versions. From it follow three kinds of edges between
 * transactions, each of which says that one comes before the other: {@code WW}, both have appended, one after the other; {@code
 * WR}, one has read what the other appended; {@code RW}, one has read the list without what the other appended. A circle of edges
 * is an anomaly, and the kinds of edges in it say which one.
 *
 * <p>Source: Kingsbury and Alvaro, <i>Elle</i>, VLDB 2020; Adya, <i>Weak Consistency</i>, 1999.
 */
public final class HistoryChecker {
    /** Why one transaction comes before another. */
    private enum Edge {
        WW,
        WR,
        RW
    }

    /** An anomaly. */
    public enum Anomaly {
        /** A read has seen what was never committed. */
        G1A_ABORTED_READ,
        /** A read has seen what the same transaction has appended to afterwards. */
        G1B_INTERMEDIATE_READ,
        /** Two reads of a key are such that neither is the beginning of the other; or a committed append is lost. */
        INCOMPATIBLE_ORDER,
        /** A read has not seen the own appends of its transaction at the end. */
        INTERNAL,
        /** A circle of WW. */
        G0_WRITE_CYCLE,
        /** A circle of WW and WR. */
        G1C_CIRCULAR_FLOW,
        /** A circle with one RW, or several of which no two follow each other. */
        G_SINGLE_READ_SKEW,
        /** A circle with two RW that follow each other. */
        G2_WRITE_SKEW
    }

    private final History history;
    private final Map<Integer, List<Integer>> orders = new TreeMap<>(); // of the versions of each key
    private final Map<Integer, History.Observed> appendedBy = new HashMap<>(); // number -> transaction
    private final Map<Integer, Map<Integer, Set<Edge>>> edges = new TreeMap<>(); // from -> to -> why

    private HistoryChecker(History history) {
        this.history = history;
    }

    /** The worst anomaly of a history that {@code level} does not allow, and what shows it; nothing if there is none. */
    public static Optional<String> check(History history, Isolation level) {
        HistoryChecker checker = new HistoryChecker(history);
        Optional<Anomaly> found = checker.find(level);
        return found.map(anomaly -> anomaly + ", not allowed by " + level + ":\n  "
                + String.join(
                        "\n  ",
                        history.transactions().stream().map(Object::toString).toList())
                + "\n  edges " + checker.edges);
    }

    /** The worst anomaly that {@code level} does not allow. */
    public static Optional<Anomaly> anomaly(History history, Isolation level) {
        return new HistoryChecker(history).find(level);
    }

    private Optional<Anomaly> find(Isolation level) {
        Anomaly ofReads = readsAndOrders();
        if (ofReads != null) {
            return Optional.of(ofReads);
        }
        makeEdges();
        if (hasCycle(EnumSet.of(Edge.WW), false)) {
            return Optional.of(Anomaly.G0_WRITE_CYCLE);
        }
        if (hasCycle(EnumSet.of(Edge.WW, Edge.WR), false)) {
            return Optional.of(Anomaly.G1C_CIRCULAR_FLOW);
        }
        if (hasCycle(EnumSet.allOf(Edge.class), true)) {
            return Optional.of(Anomaly.G_SINGLE_READ_SKEW);
        }
        if (level == Isolation.SERIALIZABLE && hasCycle(EnumSet.allOf(Edge.class), false)) {
            return Optional.of(Anomaly.G2_WRITE_SKEW);
        }
        return Optional.empty();
    }

    /** What single reads show; and the orders of the versions. */
    private @Nullable Anomaly readsAndOrders() {
        for (History.Observed transaction : history.transactions()) {
            for (History.Step step : transaction.steps()) {
                if (step instanceof History.Append append) {
                    appendedBy.put(append.number(), transaction);
                }
            }
        }
        for (History.Observed transaction : history.transactions()) {
            Map<Integer, List<Integer>> own = new HashMap<>();
            for (History.Step step : transaction.steps()) {
                if (step instanceof History.Append append) {
                    own.computeIfAbsent(append.key(), key -> new ArrayList<>()).add(append.number());
                } else if (step instanceof History.Read read && transaction.committed()) {
                    Anomaly anomaly = ofRead(transaction, read, own.getOrDefault(read.key(), List.of()));
                    if (anomaly != null) {
                        return anomaly;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Anomaly ofRead(History.Observed reader, History.Read read, List<Integer> own) {
        int others = read.numbers().size() - own.size();
        if (others < 0 || !read.numbers().subList(others, read.numbers().size()).equals(own)) {
            return Anomaly.INTERNAL;
        }
        List<Integer> seen = read.numbers().subList(0, others);
        for (int i = 0; i < seen.size(); i++) {
            History.Observed writer = appendedBy.get(seen.get(i));
            if (writer == null || !writer.committed() || writer == reader) {
                return Anomaly.G1A_ABORTED_READ;
            }
            List<Integer> all = writer.appended(read.key());
            boolean isLastSeen = i + 1 == seen.size();
            if (isLastSeen && all.indexOf(seen.get(i)) != all.size() - 1) {
                return Anomaly.G1B_INTERMEDIATE_READ;
            }
        }
        List<Integer> longest = orders.getOrDefault(read.key(), List.of());
        int common = Math.min(longest.size(), seen.size());
        if (!longest.subList(0, common).equals(seen.subList(0, common))) {
            return Anomaly.INCOMPATIBLE_ORDER;
        }
        if (seen.size() > longest.size()) {
            orders.put(read.key(), List.copyOf(seen));
        }
        return null;
    }

    private void makeEdges() {
        for (Map.Entry<Integer, List<Integer>> order : orders.entrySet()) {
            List<Integer> numbers = order.getValue();
            for (int i = 1; i < numbers.size(); i++) {
                add(writer(numbers.get(i - 1)), writer(numbers.get(i)), Edge.WW);
            }
        }
        for (History.Observed reader : history.transactions()) {
            for (History.Step step : reader.steps()) {
                if (step instanceof History.Read read && reader.committed()) {
                    readEdges(reader, read);
                }
            }
        }
    }

    private void readEdges(History.Observed reader, History.Read read) {
        List<Integer> seen = new ArrayList<>(read.numbers());
        seen.removeAll(reader.appended(read.key()));
        if (!seen.isEmpty()) {
            add(writer(seen.get(seen.size() - 1)), reader, Edge.WR);
        }
        List<Integer> order = orders.getOrDefault(read.key(), List.of());
        if (seen.size() < order.size()) {
            add(reader, writer(order.get(seen.size())), Edge.RW);
        }
    }

    private History.Observed writer(int number) {
        History.Observed writer = appendedBy.get(number);
        if (writer == null) {
            throw new AssertionError(number + " was read and not appended");
        }
        return writer;
    }

    private void add(History.Observed from, History.Observed to, Edge edge) {
        if (from != to) {
            edges.computeIfAbsent(from.id(), id -> new TreeMap<>())
                    .computeIfAbsent(to.id(), id -> EnumSet.noneOf(Edge.class))
                    .add(edge);
        }
    }

    /**
     * Whether there is a circle of these edges; if {@code apart}, one in which no RW follows another. A node is a transaction
     * and, with {@code apart}, whether an RW leads to it.
     */
    private boolean hasCycle(Set<Edge> allowed, boolean apart) {
        Map<Integer, Integer> state = new HashMap<>(); // 1: on the way, 2: done
        for (int from : edges.keySet()) {
            for (int node : apart ? List.of(2 * from, 2 * from + 1) : List.of(2 * from)) {
                if (!state.containsKey(node) && leadsToACircle(node, allowed, apart, state)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean leadsToACircle(int start, Set<Edge> allowed, boolean apart, Map<Integer, Integer> state) {
        Deque<Integer> nodes = new ArrayDeque<>();
        Deque<Deque<Integer>> ahead = new ArrayDeque<>();
        nodes.push(start);
        ahead.push(successors(start, allowed, apart));
        state.put(start, 1);
        while (!nodes.isEmpty()) {
            Integer next = ahead.getFirst().poll();
            if (next == null) {
                state.put(nodes.pop(), 2);
                ahead.pop();
            } else if (state.getOrDefault(next, 0) == 1) {
                return true;
            } else if (!state.containsKey(next)) {
                state.put(next, 1);
                nodes.push(next);
                ahead.push(successors(next, allowed, apart));
            }
        }
        return false;
    }

    private Deque<Integer> successors(int node, Set<Edge> allowed, boolean apart) {
        Deque<Integer> successors = new ArrayDeque<>();
        edges.getOrDefault(node / 2, Map.of()).forEach((to, why) -> {
            for (Edge edge : why) {
                boolean isSecondOfTwo = apart && edge == Edge.RW && node % 2 == 1;
                if (allowed.contains(edge) && !isSecondOfTwo) {
                    successors.add(2 * to + (apart && edge == Edge.RW ? 1 : 0));
                }
            }
        });
        return successors;
    }
}
