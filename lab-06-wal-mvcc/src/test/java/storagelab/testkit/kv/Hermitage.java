package storagelab.testkit.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;

/**
 * The anomalies of the Hermitage table, each as a schedule of transactions on keys x = 10 and y = 20. A schedule says what it has
 * seen of its anomaly; nothing, if the store did not let it happen. Source: Kleppmann, <i>Hermitage</i>, reduced to keys and values.
 */
public enum Hermitage {
    /** Two transactions write x and y in turn; in the end x is of one and y of the other. */
    G0("write cycle", Schedule::writeCycle),
    /** A read sees what is rolled back afterwards. */
    G1A("aborted read", Schedule::abortedRead),
    /** A read sees a value that its writer replaces before it commits. */
    G1B("intermediate read", Schedule::intermediateRead),
    /** Each of two transactions reads what the other writes. */
    G1C("circular information flow", Schedule::circularFlow),
    /** What was read of a transaction is gone at the second read. */
    OTV("observed transaction vanishes", Schedule::observedVanishes),
    /** A scan finds what was committed since the transaction began. */
    PMP("predicate-many-preceders", Schedule::phantom),
    /** Two read x and write it; both commit. */
    P4("lost update", Schedule::lostUpdate),
    /** x is read from before another transaction, y from after it. */
    G_SINGLE("read skew", Schedule::readSkew),
    /** Each of two reads both keys and writes another one; both commit. */
    G2_ITEM("write skew", Schedule::writeSkew),
    /** Each of two scans, and writes what the scan of the other would have found; both commit. */
    G2("anti-dependency cycle over a predicate", Schedule::predicateCycle),
    /** Two transactions that alone fit an order, and a reader that has seen the second and not the first. */
    G2_READ_ONLY("read-only transaction between two", Schedule::readOnlyBetween);

    private final String title;
    private final Function<Schedule, List<String>> run;

    Hermitage(String title, Function<Schedule, List<String>> run) {
        this.title = title;
        this.run = run;
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** Whether a level lets it happen. */
    public boolean isAllowedBy(Isolation level) {
        return level == Isolation.SNAPSHOT && (this == G2_ITEM || this == G2 || this == G2_READ_ONLY);
    }

    /** What of the anomaly was seen when its schedule ran on an empty store; nothing if it did not happen. */
    public List<String> seenIn(TransactionalStore store, Isolation level) {
        store.put(Slice.utf8("x"), Slice.utf8("10"));
        store.put(Slice.utf8("y"), Slice.utf8("20"));
        Schedule schedule = new Schedule(store, level);
        List<String> seen = run.apply(schedule);
        schedule.begun.forEach(Transaction::close);
        return seen;
    }

    /** The steps of the schedules, each of which returns what it has seen of its anomaly. */
    private static final class Schedule {
        private final TransactionalStore store;
        private final Isolation level;
        private final List<Transaction> begun = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();

        private Schedule(TransactionalStore store, Isolation level) {
            this.store = store;
            this.level = level;
        }

        private Transaction begin() {
            Transaction transaction = store.begin(level);
            begun.add(transaction);
            return transaction;
        }

        private static int read(Transaction transaction, String key) {
            return Integer.parseInt(
                    transaction.get(Slice.utf8(key)).map(Slice::toString).orElse("-1"));
        }

        private static void write(Transaction transaction, String key, int value) {
            transaction.put(Slice.utf8(key), Slice.utf8(Integer.toString(value)));
        }

        private int committed(String key) {
            return Integer.parseInt(
                    store.get(Slice.utf8(key)).map(Slice::toString).orElse("-1"));
        }

        /** The entries whose value can be divided by {@code divisor}. */
        private static TreeMap<String, Integer> scan(Transaction transaction, int divisor) {
            TreeMap<String, Integer> found = new TreeMap<>();
            try (Cursor cursor = transaction.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    int value = Integer.parseInt(cursor.value().toString());
                    if (value % divisor == 0) {
                        found.put(cursor.key().toString(), value);
                    }
                }
            }
            return found;
        }

        /** Whether the transaction could commit. */
        private static boolean commits(Transaction transaction) {
            try {
                transaction.commit();
                return true;
            } catch (TransactionConflictException e) {
                return false;
            }
        }

        private void sees(boolean condition, String what) {
            if (condition) {
                seen.add(what);
            }
        }

        private List<String> writeCycle() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", 11);
            write(t2, "x", 12);
            write(t1, "y", 21);
            commits(t1);
            write(t2, "y", 22);
            commits(t2);
            int x = committed("x");
            int y = committed("y");
            sees(
                    x - 11 != y - 21,
                    "x is " + x + " and y is " + y + ", of two transactions that wrote 11, 21 and 12, 22");
            return seen;
        }

        private List<String> abortedRead() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", 101);
            int first = read(t2, "x");
            t1.rollback();
            int second = read(t2, "x");
            sees(first != 10 || second != 10, "x was read as " + first + " and " + second + "; 101 was rolled back");
            commits(t2);
            return seen;
        }

        private List<String> intermediateRead() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", 101);
            int first = read(t2, "x");
            write(t1, "x", 11);
            commits(t1);
            int second = read(t2, "x");
            sees(
                    first != 10 || second != 10,
                    "x was read as " + first + " and " + second + "; it was 10 at the beginning");
            commits(t2);
            return seen;
        }

        private List<String> circularFlow() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", 11);
            write(t2, "y", 22);
            int y = read(t1, "y");
            int x = read(t2, "x");
            commits(t1);
            commits(t2);
            sees(y == 22 || x == 11, "one has read y as " + y + " and the other x as " + x + ", which they wrote");
            return seen;
        }

        private List<String> observedVanishes() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", 11);
            write(t1, "y", 19);
            write(t2, "x", 12);
            commits(t1);
            Transaction t3 = begin();
            int firstX = read(t3, "x");
            write(t2, "y", 18);
            int firstY = read(t3, "y");
            commits(t2);
            int x = read(t3, "x");
            int y = read(t3, "y");
            sees(
                    firstX != 11 || firstY != 19 || x != 11 || y != 19,
                    "x, y were read as " + firstX + ", " + firstY + " and again as " + x + ", " + y);
            commits(t3);
            return seen;
        }

        private List<String> phantom() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            int first = scan(t1, 30).size();
            write(t2, "z", 30);
            commits(t2);
            int second = scan(t1, 3).size();
            sees(first != 0 || second != 0, "a scan found " + first + " entries and then " + second);
            commits(t1);
            return seen;
        }

        private List<String> lostUpdate() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            write(t1, "x", read(t1, "x") + 1);
            write(t2, "x", read(t2, "x") + 1);
            boolean both = commits(t1) & commits(t2);
            sees(both, "both have added 1 to x and committed; x is " + committed("x"));
            return seen;
        }

        private List<String> readSkew() {
            Transaction t1 = begin();
            int x = read(t1, "x");
            Transaction t2 = begin();
            write(t2, "x", read(t2, "x") + 2);
            write(t2, "y", read(t2, "y") - 2);
            commits(t2);
            int y = read(t1, "y");
            sees(x != 10 || y != 20, "x was read as " + x + " and y as " + y);
            commits(t1);
            return seen;
        }

        private List<String> writeSkew() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            for (Transaction each : List.of(t1, t2)) {
                read(each, "x");
                read(each, "y");
            }
            write(t1, "x", 11);
            write(t2, "y", 21);
            sees(
                    commits(t1) & commits(t2),
                    "both have read x and y, one has written x, the other y, and both committed");
            return seen;
        }

        private List<String> predicateCycle() {
            Transaction t1 = begin();
            Transaction t2 = begin();
            scan(t1, 3);
            scan(t2, 3);
            write(t1, "z3", 30);
            write(t2, "z4", 42);
            sees(commits(t1) & commits(t2), "both have scanned, both have added an entry, and both committed");
            return seen;
        }

        private List<String> readOnlyBetween() {
            Transaction t1 = begin();
            scan(t1, 1);
            Transaction t2 = begin();
            write(t2, "y", read(t2, "y") + 5);
            boolean second = commits(t2);
            Transaction t3 = begin();
            TreeMap<String, Integer> found = scan(t3, 1);
            boolean third = commits(t3);
            write(t1, "x", 0);
            boolean first = commits(t1);
            sees(first && second && third, "a reader saw " + found + ", between two that fit no order with it");
            return seen;
        }
    }
}
