package storagelab.query.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.query.Catalog;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.TableDefinition;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Execution;
import storagelab.query.plan.Plan;
import storagelab.query.plan.PlanCache;
import storagelab.query.plan.Query;
import storagelab.query.plan.RowCursor;

/**
 * A statement of a session that was read once and can be executed many times, with other values for its parameters. It keeps its
 * plan, as {@link PlanCache} says. When the schema has changed it is read again.
 *
 * <p>Concurrency: one thread at a time, as its session.
 */
public final class PreparedSql {
    private final SqlSession session;
    private final String sql;
    private Command command;
    private Catalog catalog; // in which the names were looked up
    private PlanCache plans;
    private List<Column> columns; // of the rows, if it is a query

    PreparedSql(SqlSession session, String sql, Command command, Catalog catalog) {
        this.session = session;
        this.sql = sql;
        this.command = command;
        this.catalog = catalog;
        this.plans = new PlanCache(session.planner());
        this.columns = columns(command);
    }

    /** Executes the statement; see {@link SqlSession#execute}. */
    public SqlResult execute(@Nullable Object... parameters) {
        List<@Nullable Object> values = Arrays.asList(parameters);
        Command current = commandIn(session.catalog());
        if (current instanceof Command.Select select) {
            return select(select, values);
        }
        return new CommandRunner(session, this).run(current, values);
    }

    /** The command, with its names looked up in {@code newest}. */
    Command commandIn(Catalog newest) {
        if (newest != catalog) {
            command = SqlReader.read(sql, newest);
            catalog = newest;
            plans = new PlanCache(session.planner());
            columns = columns(command);
        }
        return command;
    }

    private SqlResult select(Command.Select select, List<@Nullable Object> parameters) {
        BoundQuery bound = BoundQuery.of(select.query(), parameters);
        Plan plan = plan(bound);
        if (session.transaction().isEmpty() && readsOnce(plan)) {
            return SqlResult.rows(
                    columns(select),
                    Execution.open(plan, bound, session.database().newest()));
        }
        return inTransaction(parameters);
    }

    /** Whether a plan reads one key only, so that it needs no transaction to see one moment. */
    private static boolean readsOnce(Plan plan) {
        Plan lowest = plan;
        while (!lowest.inputs().isEmpty()) {
            lowest = lowest.inputs().get(0);
        }
        return lowest instanceof Plan.PointLookup;
    }

    private SqlResult inTransaction(List<@Nullable Object> parameters) {
        ReadScope scope = ReadScope.of(session);
        try {
            Command.Select select =
                    (Command.Select) commandIn(scope.transaction().catalog());
            BoundQuery bound = BoundQuery.of(select.query(), parameters);
            RowCursor rows =
                    Execution.open(plan(bound), bound, scope.transaction().reads());
            return SqlResult.rows(columns, scope.closing(rows));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /** The plan for a query of this statement. */
    Plan plan(BoundQuery bound) {
        return plans.plan(bound, catalog.statistics(bound.query().table()));
    }

    private static List<Column> columns(Command command) {
        if (!(command instanceof Command.Select select)) {
            return List.of();
        }
        Query query = select.query();
        if (query.isCount()) {
            return List.of(Column.required(select.names().get(0), ColumnType.BIGINT));
        }
        TableDefinition table = query.table();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < select.names().size(); i++) {
            Column column = table.schema().columns().get(query.output().get(i));
            columns.add(new Column(select.names().get(i), column.type(), column.nullable()));
        }
        return List.copyOf(columns);
    }

    /** Rows that are known already. */
    static RowCursor cursor(List<Row> rows) {
        return new RowCursor() {
            private int next;

            @Override
            public @Nullable Row next() {
                return next < rows.size() ? rows.get(next++) : null;
            }

            @Override
            public void close() {
                next = rows.size();
            }
        };
    }

    @Override
    public String toString() {
        return sql;
    }
}
