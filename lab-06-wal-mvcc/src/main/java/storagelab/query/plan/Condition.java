package storagelab.query.plan;

/** A comparison of a column, which a row fulfils or not. A comparison with null is never fulfilled. */
public sealed interface Condition {
    /** The place of the column in a row, counted from 0. */
    int column();

    /** How a value is compared. */
    enum Comparison {
        /** Equal. */
        EQUAL("="),
        /** Less. */
        LESS("<"),
        /** Less or equal. */
        AT_MOST("<="),
        /** Greater. */
        GREATER(">"),
        /** Greater or equal. */
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    /** {@code column < operand}, or another comparison. */
    record Compare(int column, Comparison comparison, Operand operand) implements Condition {}

    /** {@code column BETWEEN low AND high}, both included. */
    record Between(int column, Operand low, Operand high) implements Condition {}

    /** {@code column LIKE pattern}, where the pattern is a text and a percent sign at its end. */
    record StartsWith(int column, Operand pattern) implements Condition {}

    /** {@code column IS NULL}. */
    record IsNull(int column) implements Condition {}

    /** {@code column IS NOT NULL}. */
    record IsNotNull(int column) implements Condition {}

    /** {@code column = value}. */
    static Condition equal(int column, Object value) {
        return new Compare(column, Comparison.EQUAL, Operand.of(value));
    }

    /** {@code column BETWEEN low AND high}. */
    static Condition between(int column, Object low, Object high) {
        return new Between(column, Operand.of(low), Operand.of(high));
    }
}
