package storagelab.testkit.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;
import storagelab.testkit.Crew;

/** Random transactions on a store, and what they have seen: a {@link History} for the {@link HistoryChecker}. */
public final class RandomHistories {
    /** How many transactions a history of mixed steps has. */
    public static final int TRANSACTIONS = 8;

    private static final int KEYS = 4;

    private RandomHistories() {}

    /** A history of transactions whose steps are mixed at random, in one thread. Its keys begin with {@code prefix}. */
    public static History mixed(TransactionalStore store, Isolation level, String prefix, Random random) {
        return mixed(new Stage(store, level, prefix), random, (before, refused) -> {});
    }

    /**
     * As {@link #mixed(TransactionalStore, Isolation, String, Random)}.
     *
     * @param refusals is told each transaction that was refused, and those that had ended before
     */
    public static History mixed(
            TransactionalStore store,
            Isolation level,
            String prefix,
            Random random,
            BiConsumer<List<History.Observed>, History.Observed> refusals) {
        return mixed(new Stage(store, level, prefix), random, refusals);
    }

    /** A history of three threads, each of which runs six transactions. */
    public static History ofThreads(TransactionalStore store, Isolation level, String prefix, long seed)
            throws InterruptedException {
        Stage stage = new Stage(store, level, prefix);
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
        ended.add(stage.readAll(ids.get()));
        return new History(List.copyOf(ended));
    }

    /** A transaction that is under way, and what it has seen. */
    private static final class Running {
        private final int id;
        private final Transaction transaction;
        private final List<History.Step> steps = new ArrayList<>();
        private int left;
        private boolean isRefused;

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
    private record Stage(TransactionalStore store, Isolation level, String prefix) {
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
                running.isRefused = true;
                return running.end(false);
            }
        }

        /** A transaction after all others that reads every key, so that what was written last is in the history, too. */
        History.Observed readAll(int id) {
            Running last = new Running(id, store.begin(level), 0);
            for (int key = 0; key < KEYS; key++) {
                last.steps.add(new History.Read(key, read(last.transaction, key)));
            }
            return last.end(true);
        }
    }

    private static History mixed(
            Stage stage, Random random, BiConsumer<List<History.Observed>, History.Observed> refusals) {
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
                History.Observed observed = stage.end(next, random);
                if (next.isRefused) {
                    refusals.accept(List.copyOf(ended), observed);
                }
                ended.add(observed);
            }
        }
        ended.add(stage.readAll(begun));
        return new History(ended);
    }
}
