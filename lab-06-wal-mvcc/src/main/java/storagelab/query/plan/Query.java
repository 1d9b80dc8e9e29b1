package storagelab.query.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import storagelab.query.TableDefinition;

/**
 * A question about the rows of one relation. It says what is wanted, and not how it is found.
 *
 * <pre>{@code
 * Query tenLargest = Query.of(cities).where(List.of(Condition.equal(country, "FR")))
 *         .orderBy(List.of(new OrderBy(population, SortOrder.DESCENDING)))
 *         .limit(Operand.of(10L), null);
 * }</pre>
 *
 * @param table whose rows
 * @param conditions all of which a row fulfils
 * @param output the columns of the result, by their places in a row
 * @param order of the result; empty for any
 * @param limit how many rows at most; null for all
 * @param offset how many rows are passed over before; null for none
 * @param isCount whether only the number of the rows is wanted; the result is one row with a BIGINT
 */
public record Query(
        TableDefinition table,
        List<Condition> conditions,
        List<Integer> output,
        List<OrderBy> order,
        @Nullable Operand limit,
        @Nullable Operand offset,
        boolean isCount) {
    /** Copies the lists. */
    public Query {
        conditions = List.copyOf(conditions);
        output = List.copyOf(output);
        order = List.copyOf(order);
    }

    /** All rows of a relation, with all columns. */
    public static Query of(TableDefinition table) {
        List<Integer> all =
                IntStream.range(0, table.schema().columns().size()).boxed().toList();
        return new Query(table, List.of(), all, List.of(), null, null, false);
    }

    /** With other conditions. */
    public Query where(List<Condition> all) {
        return new Query(table, all, output, order, limit, offset, isCount);
    }

    /** With other columns. */
    public Query select(List<Integer> columns) {
        return new Query(table, conditions, columns, order, limit, offset, isCount);
    }

    /** In another order. */
    public Query orderBy(List<OrderBy> columns) {
        return new Query(table, conditions, output, columns, limit, offset, isCount);
    }

    /** At most so many rows, after so many that are passed over. */
    public Query limit(@Nullable Operand rows, @Nullable Operand passedOver) {
        return new Query(table, conditions, output, order, rows, passedOver, isCount);
    }

    /** The number of the rows. */
    public Query count() {
        return new Query(table, conditions, List.of(), List.of(), limit, offset, true);
    }

    /** The columns that have to be known of a row to answer: those of the conditions, the order and the output. */
    public Set<Integer> neededColumns() {
        Set<Integer> needed = new HashSet<>(output);
        conditions.forEach(condition -> needed.add(condition.column()));
        order.forEach(by -> needed.add(by.column()));
        return needed;
    }
}
