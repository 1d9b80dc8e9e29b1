package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Isolation;
import storagelab.api.TransactionConflictException;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

class DatabaseConcurrencyTest {
    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = 60;

    @ParameterizedTest
    @CsvSource({"BTREE, SNAPSHOT", "BTREE, SERIALIZABLE", "LSM, SNAPSHOT", "LSM, SERIALIZABLE"})
    @DisplayName("indexes agree with rows while writers conflict and indexes are made and dropped")
    void indexesAgree(EngineKind engine, Isolation isolation) throws Exception {
        AtomicLong seeds = new AtomicLong(Seeds.base());
        AtomicInteger committed = new AtomicInteger();
        AtomicInteger conflicts = new AtomicInteger();
        AtomicInteger writing = new AtomicInteger(WRITERS);
        try (CrashSafeStore store = CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(engine));
                Crew crew = new Crew()) {
            Database database = Database.open(store);
            RelationModel.create(database);
            crew.start(WRITERS, "writer", () -> {
                Random random = new Random(seeds.incrementAndGet());
                try {
                    for (int i = 0; i < TRANSACTIONS; i++) {
                        (write(database, isolation, random) ? committed : conflicts).incrementAndGet();
                    }
                } finally {
                    writing.decrementAndGet();
                }
            });
            crew.start("schema", () -> {
                while (writing.get() > 0) {
                    database.createIndex(RelationModel.TABLE, IndexSpec.of("now_and_then", "size", "kind"));
                    database.verify();
                    database.dropIndex("now_and_then");
                }
            });
            crew.join();
            long rows = database.verify().rows();
            assertThat("rows", rows, is((long) RelationModel.rows(database).size()));
            assertThat("unique codes", RelationModel.isUnique(RelationModel.rows(database)), is(true));
        }
        assertThat("transactions that committed", committed.get(), is(greaterThan(0)));
        assertThat("transactions that ended", committed.get() + conflicts.get(), is(WRITERS * TRANSACTIONS));
    }

    private static boolean write(Database database, Isolation isolation, Random random) {
        try (DatabaseTransaction transaction = database.begin(isolation)) {
            for (int left = 1 + random.nextInt(3); left > 0; left--) {
                RelationModel.change(transaction.table(RelationModel.TABLE), RelationModel.newRows(), random);
                if (random.nextInt(3) == 0) {
                    Thread.yield();
                }
            }
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }
}
