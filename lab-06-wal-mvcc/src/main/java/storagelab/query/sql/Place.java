package storagelab.query.sql;

import java.util.Locale;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.Node;

/**
 * A place in a statement.
 *
 * @param line counted from 1
 * @param column in the line, counted from 1
 */
record Place(int line, int column) {
    /** Where the statement begins. */
    static final Place BEGIN = new Place(1, 1);

    /** Where a part of a parsed statement begins; the place of its text, if the parser has not kept its own. */
    static Place of(String sql, Object part) {
        if (part instanceof ASTNodeAccess access) {
            Node node = access.getASTNode();
            if (node != null && node.jjtGetFirstToken() != null) {
                return new Place(node.jjtGetFirstToken().beginLine, node.jjtGetFirstToken().beginColumn);
            }
        }
        return ofText(sql, String.valueOf(part));
    }

    /** Where a text is first in a statement, in whichever case; the beginning if it is not there. */
    static Place ofText(String sql, String text) {
        int at = sql.toLowerCase(Locale.ROOT).indexOf(text.toLowerCase(Locale.ROOT));
        if (at < 0) {
            return BEGIN;
        }
        String before = sql.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, at - before.lastIndexOf('\n'));
    }
}
