package storagelab.grader.kv;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;
import storagelab.query.TableDefinition;

/** The commands that execute statements. */
abstract class SqlAction extends KvAction {
    SqlAction(KvSession session) {
        super(session);
    }

    @Override
    final int run() {
        execute(new SqlRunner(session, options));
        return 0;
    }

    abstract void execute(SqlRunner runner);

    /** The arguments, which a shell may have split at the spaces of a statement. */
    final String statement() {
        if (arguments().isEmpty()) {
            String name = KvCommands.nameOf(this);
            throw LabException.usage(
                    "The command " + name + " needs a STATEMENT.",
                    "Write it between quotes: " + session.call(name) + " \"SELECT …\".");
        }
        return String.join(" ", arguments());
    }

    /** {@code query}. */
    @Command(
            name = "query",
            customSynopsis = "query STATEMENT[; STATEMENT...]",
            description = {
                "Execute statements, and print the rows they return. In a session a statement needs no query in front of it,",
                "and ends with a semicolon, perhaps lines later.",
                "",
                "  SELECT columns | * | COUNT(*) FROM table [WHERE conditions]",
                "         [ORDER BY column [DESC], ...] [LIMIT n] [OFFSET n]",
                "  INSERT INTO table [(columns)] VALUES (...), (...)",
                "  UPDATE table SET column = value, ... [WHERE conditions]",
                "  DELETE FROM table [WHERE conditions]",
                "  CREATE TABLE table (column type [NOT NULL] [PRIMARY KEY], ...)",
                "  CREATE [UNIQUE] INDEX index ON table (column [DESC], ...)",
                "  DROP TABLE | INDEX name, ANALYZE table, EXPLAIN [ANALYZE] statement",
                "  BEGIN, COMMIT, ROLLBACK",
                "",
                "Conditions compare a column with a value (= < <= > >= BETWEEN, IS [NOT] NULL,",
                "LIKE 'text%%') and are connected by AND. Types: BOOLEAN, INT, BIGINT, DOUBLE,",
                "TEXT, BYTES, TIMESTAMP.",
                ""
            })
    static final class Query extends SqlAction {
        Query(KvSession session) {
            super(session);
        }

        @Override
        void execute(SqlRunner runner) {
            runner.runAll(statement());
        }
    }

    /** {@code explain}. */
    @Command(
            name = "explain",
            customSynopsis = "explain [--analyze] STATEMENT",
            description = {"Print how a statement is executed, and what that is expected to cost.", ""})
    static final class Explain extends SqlAction {
        @Option(names = "--analyze", description = "Execute it, and print what it has cost as well.")
        private boolean isExecuted;

        Explain(KvSession session) {
            super(session);
        }

        @Override
        void execute(SqlRunner runner) {
            runner.runAll((isExecuted ? "EXPLAIN ANALYZE " : "EXPLAIN ") + statement());
        }
    }

    /** {@code analyze}. */
    @Command(
            name = "analyze",
            customSynopsis = "analyze [TABLE...]",
            description = {
                "Read the tables, all of them if none is named, and keep what the planner has to know of them.",
                ""
            })
    static final class Analyze extends SqlAction {
        Analyze(KvSession session) {
            super(session);
        }

        @Override
        void execute(SqlRunner runner) {
            List<String> tables = arguments().isEmpty()
                    ? session.sqlToRead().catalog().tables().stream()
                            .map(TableDefinition::name)
                            .sorted()
                            .toList()
                    : arguments();
            tables.forEach(table -> runner.runAll("ANALYZE " + SqlNames.quoted(table)));
        }
    }
}
