package storagelab.query.sql;

import java.util.List;
import java.util.Map;
import storagelab.query.IndexSpec;
import storagelab.query.Schema;
import storagelab.query.TableDefinition;
import storagelab.query.plan.Operand;
import storagelab.query.plan.Query;

/** What a statement says, with the names looked up in the catalog. */
sealed interface Command {
    /** Rows of a relation, with the names that the columns have in the result. */
    record Select(Query query, List<String> names) implements Command {}

    /** New rows: for each, a value for each of {@code columns}. */
    record Insert(TableDefinition table, List<Integer> columns, List<List<Operand>> rows) implements Command {}

    /** New values for some columns of the rows of {@code query}. */
    record Update(Query query, Map<Integer, Operand> changes) implements Command {}

    /** The rows of {@code query} go. */
    record Delete(Query query) implements Command {}

    /** A new relation. */
    record CreateTable(String name, Schema schema, boolean onlyIfMissing) implements Command {}

    /** A new index. */
    record CreateIndex(String table, IndexSpec spec, boolean onlyIfMissing) implements Command {}

    /** A relation or an index goes. */
    record Drop(boolean isIndex, String name, boolean onlyIfThere) implements Command {}

    /** New statistics of a relation. */
    record Analyze(String table) implements Command {}

    /** What would be done, or is done, for another command. */
    record Explain(Command of, boolean isExecuted) implements Command {}

    /** The beginning or the end of a transaction. */
    enum TransactionStep implements Command {
        /** It begins. */
        BEGIN,
        /** It takes effect. */
        COMMIT,
        /** It is given up. */
        ROLLBACK
    }
}
