package storagelab.query.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a column is compared with: a value, or a parameter whose value each execution brings. */
public sealed interface Operand {
    /** The value, given those of the parameters. */
    @Nullable
    Object value(List<@Nullable Object> parameters);

    /** A value that is known when the query is written. */
    record Literal(@Nullable Object value) implements Operand {
        @Override
        public @Nullable Object value(List<@Nullable Object> parameters) {
            return value;
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /**
     * The value that an execution brings.
     *
     * @param index of the parameter, counted from 0
     */
    record Parameter(int index) implements Operand {
        @Override
        public @Nullable Object value(List<@Nullable Object> parameters) {
            if (index >= parameters.size()) {
                throw new IllegalArgumentException(
                        "the parameter " + (index + 1) + " has no value; " + parameters.size() + " values were given");
            }
            return parameters.get(index);
        }

        @Override
        public String toString() {
            return "?" + (index + 1);
        }
    }

    /** The operand of this value. */
    static Operand of(@Nullable Object value) {
        return new Literal(value);
    }
}
