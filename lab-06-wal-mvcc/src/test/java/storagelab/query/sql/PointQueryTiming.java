package storagelab.query.sql;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.query.Database;
import storagelab.query.Row;
import storagelab.query.TableLayout;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/** Times a prepared query of one row by its primary key, and the get that is in it, in processor time. To be run by hand. */
final class PointQueryTiming {
    private static final int ROWS = 20_000;
    private static final int QUERIES = 2_000;
    private static final int ROUNDS = 600;

    private PointQueryTiming() {}

    public static void main(String[] args) {
        for (EngineKind engine : EngineKind.values()) {
            time(engine);
        }
    }

    private static void time(EngineKind engine) {
        try (CrashSafeStore store = CrashSafeStore.open(
                        CrashDisk.create().root().resolve("store"), DurableOptions.defaults(engine));
                SqlSession session = new SqlSession(Database.open(store), SqlOptions.defaults())) {
            session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT NOT NULL, size INT)");
            session.execute("BEGIN");
            PreparedSql insert = session.prepare("INSERT INTO t VALUES (?, ?, ?)");
            for (int id = 0; id < ROWS; id++) {
                insert.execute(id, "name" + id, id);
            }
            session.execute("COMMIT");
            store.checkpoint();
            TableLayout layout = session.catalog().table("t").layout();
            Slice[] keys = new Slice[ROWS];
            for (int id = 0; id < ROWS; id++) {
                keys[id] = layout.key(Row.of((long) id));
            }
            PreparedSql query = session.prepare("SELECT name, size FROM t WHERE id = ?");
            long[] ids = new Random(1).longs(QUERIES, 0, ROWS).toArray();
            double get = Double.POSITIVE_INFINITY;
            double point = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                get = Math.min(
                        get,
                        nanos(ids, id -> store.get(keys[(int) id]).orElseThrow().length()));
                point = Math.min(
                        point, nanos(ids, id -> query.execute(id).toList().size()));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: get %.0f ns, prepared point query %.0f ns, %.0f more%n",
                    engine,
                    get,
                    point,
                    point - get);
        }
    }

    private static double nanos(long[] ids, LongUnaryOperator read) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long sum = 0;
        for (long id : ids) {
            sum += read.applyAsLong(id);
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        if (sum == 0) {
            throw new AssertionError("nothing was read");
        }
        return (double) nanos / ids.length;
    }
}
