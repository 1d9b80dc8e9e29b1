package storagelab.grader.kv;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import storagelab.query.Column;
import storagelab.query.TableDefinition;

/** Completes the names of commands, the words of statements, and the names of tables and columns. */
final class KvCompleter implements Completer {
    private static final List<String> OF_THE_SESSION = List.of("\\d", "\\timing", "\\?", "\\q");
    private static final List<String> STATEMENTS = List.of(
            "SELECT",
            "INSERT INTO",
            "UPDATE",
            "DELETE FROM",
            "CREATE TABLE",
            "CREATE INDEX",
            "DROP TABLE",
            "DROP INDEX",
            "ANALYZE",
            "EXPLAIN",
            "BEGIN",
            "COMMIT",
            "ROLLBACK");
    private static final List<String> WORDS = List.of(
            "FROM", "WHERE", "AND", "BETWEEN", "LIKE", "IS", "NOT", "NULL", "ORDER", "BY", "DESC", "LIMIT", "OFFSET",
            "VALUES", "SET", "INTO", "TABLE", "INDEX", "ON", "PRIMARY", "KEY", "UNIQUE");

    /** After these words a table is named, and nothing else. */
    private static final Set<String> BEFORE_TABLES = Set.of("from", "into", "update", "on", "analyze", "tables", "\\d");

    private final KvSession session;

    KvCompleter(KvSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line, candidates);
    }

    /** Adds what the word at the cursor may be. */
    void words(ParsedLine line, List<Candidate> candidates) {
        String typed = line.word().toLowerCase(Locale.ROOT);
        words(line).stream()
                .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(typed))
                .map(Candidate::new)
                .forEach(candidates::add);
    }

    private Collection<String> words(ParsedLine line) {
        TreeSet<String> words = new TreeSet<>();
        if (line.wordIndex() == 0) {
            words.addAll(KvCommands.all().keySet());
            words.addAll(OF_THE_SESSION);
            words.addAll(STATEMENTS);
            return words;
        }
        Collection<TableDefinition> tables = session.knownTables();
        tables.forEach(table -> words.add(SqlNames.quoted(table.name())));
        String before = line.words().get(line.wordIndex() - 1).toLowerCase(Locale.ROOT);
        if (BEFORE_TABLES.contains(before) || !SqlText.isStatement(line.line())) {
            return words;
        }
        words.addAll(WORDS);
        for (TableDefinition table : tables) {
            for (Column column : table.schema().columns()) {
                words.add(SqlNames.quoted(column.name()));
            }
        }
        return words;
    }
}
