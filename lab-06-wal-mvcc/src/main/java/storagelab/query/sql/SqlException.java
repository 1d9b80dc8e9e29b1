package storagelab.query.sql;

/** A statement cannot be executed: it cannot be read, has a part that is not supported, or names what is not there. */
public final class SqlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    SqlException(String what, Place place) {
        super(what + " (line " + place.line() + ", column " + place.column() + ")");
        this.line = place.line();
        this.column = place.column();
    }

    /** The line of the statement, counted from 1. */
    public int line() {
        return line;
    }

    /** The column in the line, counted from 1. */
    public int column() {
        return column;
    }
}
