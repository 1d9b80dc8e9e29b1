package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.recovery.SmallStores;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.History;
import storagelab.testkit.kv.HistoryChecker;

/** Random histories on a real store, checked for what its level does not allow. */
class IsolationHistoryTest {
    /** For each engine and level; {@code -Dhistories=20000} for the whole run. */
    private static final int HISTORIES = Integer.getInteger("histories", 400);

    private static final int KEYS = 4;
    private static final int TRANSACTIONS = 8;

    static Stream<Arguments> cells() {
        return Stream.of(EngineKind.values())
                .flatMap(engine -> Stream.of(Isolation.values()).map(level -> Arguments.of(engine, level)));
    }

    /** A transaction that is under way, and what it has seen. */
    private static final class Running {
        private final int id;
        private final Transaction transaction;
        private final List<History.Step> steps = new ArrayList<>();
        private int left;

        private Running(int id, Transaction transaction, int steps) {
            this.id = id;
            this.transaction = transaction;
            this.left = steps;
        }

        History.Observed end(boolean committed) {
            transaction.close();
            return new History.Observed(id, List.copyOf(steps), committed);
        }
    }

    /** One history: its keys have a prefix of their own, so that all can be in one store. */
    private record Stage(CrashSafeStore store, Isolation level, String prefix) {
        private Slice key(int number) {
            return Slice.utf8(prefix + number);
        }

        Running begin(int id, Random random) {
            return new Running(id, store.begin(level), 1 + random.nextInt(5));
        }

        /** Reads or appends; a third of the reads are scans of two keys. */
        void step(Running running, int number, Random random) {
            int key = random.nextInt(KEYS);
            int kind = random.nextInt(6);
            if (kind < 2) {
                List<Integer> list = read(running.transaction, key);
                List<Integer> longer = new ArrayList<>(list);
                longer.add(number);
                running.steps.add(new History.Read(key, list));
                running.transaction.put(key(key), text(longer));
                running.steps.add(new History.Append(key, number));
            } else if (kind < 5) {
                running.steps.add(new History.Read(key, read(running.transaction, key)));
            } else {
                scan(running, key);
            }
        }

        private List<Integer> read(Transaction transaction, int key) {
            return numbers(transaction.get(key(key)).orElse(Slice.EMPTY));
        }

        private void scan(Running running, int from) {
            int to = Math.min(KEYS, from + 2);
            List<List<Integer>> found = new ArrayList<>();
            for (int key = from; key < to; key++) {
                found.add(List.of());
            }
            try (Cursor cursor = running.transaction.cursor(KeyRange.of(key(from), key(to)))) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    String key = cursor.key().toString();
                    int number = Integer.parseInt(key.substring(prefix.length()));
                    found.set(number - from, numbers(cursor.value()));
                }
            }
            for (int key = from; key < to; key++) {
                running.steps.add(new History.Read(key, found.get(key - from)));
            }
        }

        private static List<Integer> numbers(Slice text) {
            return text.length() == 0
                    ? List.of()
                    : Arrays.stream(text.toString().split(",", -1))
                            .map(Integer::valueOf)
                            .toList();
        }

        private static Slice text(List<Integer> numbers) {
            return Slice.utf8(
                    String.join(",", numbers.stream().map(Object::toString).toList()));
        }

        /** Commits, or now and then rolls back. */
        History.Observed end(Running running, Random random) {
            if (random.nextInt(10) == 0) {
                return running.end(false);
            }
            try {
                running.transaction.commit();
                return running.end(true);
            } catch (TransactionConflictException e) {
                return running.end(false);
            }
        }
    }

    private static CrashSafeStore open(EngineKind engine) {
        return CrashSafeStore.open(CrashDisk.create().root().resolve("store"), SmallStores.options(engine));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("however the steps of transactions are mixed, nothing is seen that the level does not allow")
    void mixedSteps(EngineKind engine, Isolation level) {
        Seeds.check(1, random -> {
            int committed = 0;
            try (CrashSafeStore store = open(engine)) {
                for (int i = 0; i < HISTORIES; i++) {
                    History history = mixed(new Stage(store, level, "h" + i + "."), random);
                    Optional<String> anomaly = HistoryChecker.check(history, level);
                    assertThat(anomaly.orElse("none"), is("none"));
                    committed += (int) history.transactions().stream()
                            .filter(History.Observed::committed)
                            .count();
                }
                assertThat("versions that are left", store.versions(), is(0L));
            }
            assertThat("transactions that committed", committed, is(greaterThan(HISTORIES * TRANSACTIONS / 4)));
        });
    }

    private static History mixed(Stage stage, Random random) {
        List<Running> running = new ArrayList<>();
        List<History.Observed> ended = new ArrayList<>();
        int begun = 0;
        int number = 1;
        while (begun < TRANSACTIONS || !running.isEmpty()) {
            if (begun < TRANSACTIONS && (running.isEmpty() || random.nextInt(4) == 0)) {
                running.add(stage.begin(begun++, random));
                continue;
            }
            Running next = running.get(random.nextInt(running.size()));
            if (next.left-- > 0) {
                stage.step(next, number++, random);
            } else {
                running.remove(next);
                ended.add(stage.end(next, random));
            }
        }
        return new History(ended);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("the same with threads that run at the same time")
    void threads(EngineKind engine, Isolation level) {
        Seeds.check(1, random -> {
            long seed = random.nextLong();
            try (CrashSafeStore store = open(engine)) {
                for (int i = 0; i < HISTORIES / 20; i++) {
                    Stage stage = new Stage(store, level, "t" + i + ".");
                    ConcurrentLinkedQueue<History.Observed> ended = new ConcurrentLinkedQueue<>();
                    AtomicInteger ids = new AtomicInteger();
                    AtomicInteger numbers = new AtomicInteger(1);
                    try (Crew crew = new Crew()) {
                        crew.start(3, "client", () -> {
                            Random own = new Random(seed + ids.get());
                            for (int t = 0; t < 6; t++) {
                                Running running = stage.begin(ids.getAndIncrement(), own);
                                while (running.left-- > 0) {
                                    stage.step(running, numbers.getAndIncrement(), own);
                                }
                                ended.add(stage.end(running, own));
                            }
                        });
                        crew.join();
                    }
                    Optional<String> anomaly = HistoryChecker.check(new History(List.copyOf(ended)), level);
                    assertThat(anomaly.orElse("none"), is("none"));
                }
            }
        });
    }
}
