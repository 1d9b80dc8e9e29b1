package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

class DatabaseCrashTest {
    private static final int TRANSACTIONS = 40;

    /**
     * What the program was told.
     *
     * @param states the rows after each transaction that was tried; the last one may not have returned
     * @param durable the place in {@code states} of the last one that is on the disk
     * @param acknowledged the place of the last one that has returned
     * @param indexes which a durable change of the schema has left
     */
    private record Known(List<Map<Row, Row>> states, int durable, int acknowledged, List<String> indexes) {}

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("whenever the power is cut, rows are those of a legal moment, and every index agrees with them")
    void everyCrash(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine);
        Seeds.check(2, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    disk -> run(disk, options, new Random(random.nextLong())),
                    crash -> check(crash, options));
            assertThat("crashes tried", report.images(), is(greaterThan(500L)));
        });
    }

    private static void run(CrashDisk disk, DurableOptions options, Random random) {
        List<Map<Row, Row>> states = new ArrayList<>();
        states.add(RelationModel.newRows());
        int durable = 0;
        try (CrashSafeStore store = CrashSafeStore.open(disk.root(), options)) {
            Database database = Database.open(store);
            database.createTable(RelationModel.TABLE, RelationModel.SCHEMA);
            disk.ack(new Known(List.copyOf(states), 0, 0, List.of()));
            for (int i = 1; i <= TRANSACTIONS; i++) {
                Durability durability = random.nextInt(3) == 0 ? Durability.SYNCED : Durability.BUFFERED;
                try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                    Map<Row, Row> rows = RelationModel.newRows();
                    rows.putAll(states.get(states.size() - 1));
                    Row serial = Row.of(100, "serial", (long) i, null); // no two moments are the same
                    transaction.table(RelationModel.TABLE).put(serial);
                    rows.put(Row.of(100), serial);
                    for (int left = 1 + random.nextInt(4); left > 0; left--) {
                        RelationModel.change(transaction.table(RelationModel.TABLE), rows, random);
                    }
                    states.add(rows);
                    disk.ack(known(database, states, durable, states.size() - 2));
                    transaction.commit(durability);
                }
                durable = durability == Durability.SYNCED ? states.size() - 1 : durable;
                disk.ack(known(database, states, durable, states.size() - 1));
                changeSchema(database, i);
                if (i % 10 == 0) { // a change of the schema is synced, and everything before it, too
                    durable = states.size() - 1;
                    disk.ack(known(database, states, durable, durable));
                }
            }
        }
    }

    private static void changeSchema(Database database, int step) {
        switch (step) {
            case 10 -> database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND);
            case 20 -> database.createIndex(RelationModel.TABLE, IndexSpec.of("by_size", "size"));
            case 30 -> database.dropIndex("by_kind");
            case 40 -> database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND);
            default -> {}
        }
    }

    private static Known known(Database database, List<Map<Row, Row>> states, int durable, int acknowledged) {
        return new Known(List.copyOf(states), durable, acknowledged, indexes(database));
    }

    private static List<String> indexes(Database database) {
        return database.catalog().table(RelationModel.TABLE).indexes().stream()
                .map(index -> index.definition().name())
                .toList();
    }

    private static void check(CrashPoint crash, DurableOptions options) {
        Known known = null;
        for (Object marker : crash.acknowledged()) {
            known = (Known) marker;
        }
        try (CrashSafeStore store = CrashSafeStore.open(crash.root(), options)) {
            crash.recovered();
            Database database = Database.open(store);
            database.verify();
            Optional<TableDefinition> table = database.catalog().find(RelationModel.TABLE);
            if (known == null) {
                return; // the table was being created
            }
            assertThat("the table, whose creation was synced", table.isPresent(), is(true));
            Map<Row, Row> rows = RelationModel.rows(database);
            int last = Math.min(known.acknowledged + 1, known.states.size() - 1);
            assertThat(
                    "the rows after the crash, of the transactions from " + known.durable + " to " + last,
                    rows,
                    is(oneOf(known.states.subList(known.durable, last + 1).toArray())));
            database.createIndex(RelationModel.TABLE, IndexSpec.of("afterwards", "code", "size"));
            assertThat(
                    "entries of the new index",
                    database.verify().entries(),
                    is((long) rows.size() * indexes(database).size()));
        }
    }
}
