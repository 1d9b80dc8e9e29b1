package storagelab.grader.kv;

import java.util.Locale;
import java.util.Optional;
import storagelab.grader.LabException;
import storagelab.grader.cli.Json;
import storagelab.query.ConstraintViolationException;
import storagelab.query.sql.SqlException;
import storagelab.query.sql.SqlResult;

/** Executes statements and prints what they return. */
final class SqlRunner {
    private final KvSession session;
    private final KvOptions options;

    SqlRunner(KvSession session, KvOptions options) {
        this.session = session;
        this.options = options;
    }

    /** Executes every statement of {@code text}, one after the other. */
    void runAll(String text) {
        for (String statement : SqlText.statements(text)) {
            run(statement);
        }
    }

    private void run(String statement) {
        SqlAccess sql = SqlText.isRead(statement) ? session.sqlToRead() : session.sqlToWrite();
        try (SqlResult result = sql.execute(statement)) {
            print(statement, result);
        } catch (SqlException e) {
            throw LabException.usage(
                    sentence(e), session.call("query --help") + " lists the statements that are supported.");
        } catch (ConstraintViolationException e) {
            throw new LabException(sentence(e), "The statement has changed nothing.");
        } catch (IllegalArgumentException e) {
            throw LabException.usage(sentence(e), "The statement has changed nothing.");
        }
    }

    private void print(String statement, SqlResult result) {
        if (result.explanation().isPresent() && !options.isJson()) {
            result.toList().forEach(line -> session.context().out().println(String.valueOf(line.get(0))));
        } else if (result.hasRows()) {
            new RowTable(session, options).print(result);
        } else {
            printCount(statement, result.updateCount());
        }
    }

    /** Says how many rows a statement has changed, if it is of a kind that changes rows. */
    private void printCount(String statement, long count) {
        String word = statement.toLowerCase(Locale.ROOT);
        if (!word.startsWith("insert") && !word.startsWith("update") && !word.startsWith("delete")) {
            return;
        }
        session.context().out().println(options.isJson() ? Json.line(java.util.Map.of("rows", count)) : rows(count));
    }

    static String rows(long count) {
        return count == 1 ? "1 row" : "%,d rows".formatted(count);
    }

    private static String sentence(Exception e) {
        String said = Optional.ofNullable(e.getMessage()).orElse("the statement is not accepted");
        return Character.toUpperCase(said.charAt(0)) + said.substring(1) + ".";
    }
}
