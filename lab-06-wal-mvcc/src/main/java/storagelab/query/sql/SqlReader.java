package storagelab.query.sql;

import java.util.Locale;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import storagelab.query.Catalog;

/** Reads a statement: its grammar by a library, its meaning by {@link StatementTranslator}. */
final class SqlReader {
    private SqlReader() {}

    /**
     * The command of a statement, which may have a semicolon at its end.
     *
     * @throws SqlException if it cannot be read, is not supported, or names what is not in {@code catalog}
     */
    static Command read(String sql, Catalog catalog) {
        String plain = sql.strip();
        String word = (plain.endsWith(";") ? plain.substring(0, plain.length() - 1) : plain)
                .strip()
                .toUpperCase(Locale.ROOT);
        switch (word) {
            case "BEGIN", "BEGIN TRANSACTION", "START TRANSACTION" -> {
                return Command.TransactionStep.BEGIN;
            }
            case "COMMIT" -> {
                return Command.TransactionStep.COMMIT;
            }
            case "ROLLBACK" -> {
                return Command.TransactionStep.ROLLBACK;
            }
            default -> {
                return new StatementTranslator(sql, catalog).translate(parse(sql));
            }
        }
    }

    private static Statement parse(String sql) {
        if (sql.isBlank()) {
            throw new SqlException("there is no statement", Place.BEGIN);
        }
        CCJSqlParser parser = CCJSqlParserUtil.newParser(sql);
        try {
            Statement statement = parser.Statement();
            Token after = parser.getNextToken();
            if (after.kind != CCJSqlParserConstants.EOF) {
                throw new SqlException("one statement at a time: '" + after.image + "' follows its end", place(after));
            }
            return statement;
        } catch (ParseException e) {
            Token wrong = e.currentToken == null ? null : e.currentToken.next;
            if (wrong == null) {
                throw new SqlException("the statement cannot be read", Place.BEGIN);
            }
            boolean isEnd = wrong.kind == CCJSqlParserConstants.EOF;
            throw new SqlException(
                    isEnd
                            ? "the statement is not complete"
                            : "the statement cannot be read from '" + wrong.image + "' on",
                    place(wrong));
        } catch (TokenMgrException e) {
            throw new SqlException("a text or a name of the statement has no end", Place.ofText(sql, "'"));
        }
    }

    private static Place place(Token token) {
        return new Place(token.beginLine, token.beginColumn);
    }
}
