package storagelab.query.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import storagelab.api.Metric;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.Table;
import storagelab.query.TableDefinition;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Coercion;
import storagelab.query.plan.CostModel;
import storagelab.query.plan.Execution;
import storagelab.query.plan.Explain;
import storagelab.query.plan.Explanation;
import storagelab.query.plan.Operand;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Query;

/** Executes every command but SELECT. */
final class CommandRunner {
    private final SqlSession session;
    private final PreparedSql statement;

    CommandRunner(SqlSession session, PreparedSql statement) {
        this.session = session;
        this.statement = statement;
    }

    SqlResult run(Command command, List<@Nullable Object> parameters) {
        if (command instanceof Command.TransactionStep step) {
            session.step(step);
            return SqlResult.changed(0);
        } else if (command instanceof Command.Explain explain) {
            return explain(explain, parameters);
        } else if (command instanceof Command.Insert
                || command instanceof Command.Update
                || command instanceof Command.Delete) {
            return SqlResult.changed(write(parameters));
        }
        changeSchema(command);
        return SqlResult.changed(0);
    }

    private void changeSchema(Command command) {
        if (session.isInTransaction()) {
            throw new SqlException(
                    "a change of the schema cannot be in a transaction: COMMIT or ROLLBACK first", Place.BEGIN);
        }
        Database database = session.database();
        if (command instanceof Command.CreateTable create) {
            if (!create.onlyIfMissing()
                    || database.catalog().find(create.name()).isEmpty()) {
                database.createTable(create.name(), create.schema());
            }
        } else if (command instanceof Command.CreateIndex create) {
            if (!create.onlyIfMissing()
                    || database.catalog().tableOfIndex(create.spec().name()).isEmpty()) {
                database.createIndex(create.table(), create.spec());
            }
        } else if (command instanceof Command.Drop drop) {
            drop(database, drop);
        } else if (command instanceof Command.Analyze analyze) {
            SqlOptions options = session.options();
            database.analyze(analyze.table(), options.analyze(), new SplittableRandom(options.analyzeSeed()));
        } else {
            throw new AssertionError("nothing executes " + command);
        }
    }

    private static void drop(Database database, Command.Drop drop) {
        boolean isThere = drop.isIndex()
                ? database.catalog().tableOfIndex(drop.name()).isPresent()
                : database.catalog().find(drop.name()).isPresent();
        if (!isThere && drop.onlyIfThere()) {
            return;
        }
        if (drop.isIndex()) {
            database.dropIndex(drop.name());
        } else {
            database.dropTable(drop.name());
        }
    }

    /** Executes a change of rows, as a whole or not at all, and returns how many rows it has changed. */
    private long write(List<@Nullable Object> parameters) {
        DatabaseTransaction open = session.transaction().orElse(null);
        if (open != null) {
            Transaction.Savepoint before = open.savepoint();
            try {
                return change(open, parameters);
            } catch (RuntimeException e) {
                open.rollbackTo(before);
                throw e;
            }
        }
        try (DatabaseTransaction own =
                session.database().begin(session.options().isolation())) {
            long changed = change(own, parameters);
            own.commit(session.options().durability());
            return changed;
        }
    }

    private long change(DatabaseTransaction transaction, List<@Nullable Object> parameters) {
        Command command = statement.commandIn(transaction.catalog());
        if (command instanceof Command.Insert insert) {
            return insert(transaction.table(insert.table()), insert, parameters);
        } else if (command instanceof Command.Update update) {
            return update(transaction, update, parameters);
        } else if (command instanceof Command.Delete delete) {
            Table table = transaction.table(delete.query().table());
            Schema schema = delete.query().table().schema();
            List<Row> rows = rows(transaction, delete.query(), parameters);
            rows.forEach(row -> table.delete(schema.keyOf(row)));
            return rows.size();
        }
        throw new AssertionError("no change of rows: " + command);
    }

    private static long insert(Table table, Command.Insert insert, List<@Nullable Object> parameters) {
        Schema schema = insert.table().schema();
        for (List<Operand> operands : insert.rows()) {
            @Nullable Object[] values = new @Nullable Object[schema.columns().size()];
            for (int i = 0; i < operands.size(); i++) {
                int column = insert.columns().get(i);
                values[column] = Coercion.to(
                        schema.columns().get(column), operands.get(i).value(parameters));
            }
            table.insert(new Row(Arrays.asList(values)));
        }
        return insert.rows().size();
    }

    private long update(DatabaseTransaction transaction, Command.Update update, List<@Nullable Object> parameters) {
        TableDefinition definition = update.query().table();
        Schema schema = definition.schema();
        Map<Integer, @Nullable Object> changes = new HashMap<>();
        update.changes()
                .forEach((column, operand) ->
                        changes.put(column, Coercion.to(schema.columns().get(column), operand.value(parameters))));
        Table table = transaction.table(definition);
        List<Row> rows = rows(transaction, update.query(), parameters);
        for (Row row : rows) {
            List<@Nullable Object> changed = new ArrayList<>(row.values());
            changes.forEach(changed::set);
            table.update(schema.keyOf(row), new Row(changed));
        }
        return rows.size();
    }

    /** All rows of a query, read before the first of them is changed. */
    private List<Row> rows(DatabaseTransaction transaction, Query query, List<@Nullable Object> parameters) {
        BoundQuery bound = BoundQuery.of(query, parameters);
        List<Row> rows = new ArrayList<>();
        try (Execution execution = Execution.open(statement.plan(bound), bound, transaction.reads())) {
            for (Row row = execution.next(); row != null; row = execution.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private SqlResult explain(Command.Explain explain, List<@Nullable Object> parameters) {
        BoundQuery bound = BoundQuery.of(query(explain.of()), parameters);
        CostModel model = session.options().costs();
        Explanation explanation =
                explain.isExecuted() ? executed(parameters) : Explain.plan(statement.plan(bound), bound, model);
        List<Row> lines = explanation.lines().stream().map(Row::of).toList();
        return SqlResult.explained(
                List.of(Column.required("plan", ColumnType.TEXT)), PreparedSql.cursor(lines), explanation);
    }

    private static Query query(Command command) {
        if (command instanceof Command.Select select) {
            return select.query();
        } else if (command instanceof Command.Update update) {
            return update.query();
        } else if (command instanceof Command.Delete delete) {
            return delete.query();
        }
        throw new AssertionError("no query in " + command);
    }

    private Explanation executed(List<@Nullable Object> parameters) {
        try (ReadScope scope = ReadScope.of(session)) {
            Command.Explain explain =
                    (Command.Explain) statement.commandIn(scope.transaction().catalog());
            BoundQuery bound = BoundQuery.of(query(explain.of()), parameters);
            Plan plan = statement.plan(bound);
            StoreStats before = session.database().stats();
            try (Execution execution =
                    Execution.measured(plan, bound, scope.transaction().reads(), session.nanoTime())) {
                while (execution.next() != null) {
                    // its rows are not returned
                }
                scope.complete();
                return Explain.execution(execution, bound, session.options().costs())
                        .withStoreReads(reads(before, session.database().stats()));
            }
        }
    }

    /** By how much the counters of pages and blocks have grown. */
    private static Map<String, Long> reads(StoreStats before, StoreStats after) {
        Map<String, Long> reads = new HashMap<>();
        after.metrics().forEach((metric, count) -> {
            boolean isRead = metric.kind() == Metric.Kind.COUNTER
                    && (metric.unit().equals("pages") || metric.unit().equals("blocks"));
            long grown = count - before.get(metric);
            if (isRead && grown > 0) {
                reads.put(metric.name(), grown);
            }
        });
        return reads;
    }
}
