package storagelab.query.plan;

import java.util.List;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableDefinition;

/**
 * A way to answer a query: a tree of operators, each of which gets rows from its inputs. A plan says which conditions are used
 * where, and not with which values; so it can be executed with any values of the parameters.
 */
public sealed interface Plan {
    /** What it is expected to return and to do, its inputs included. */
    CostEstimate estimate();

    /** What its rows come from. */
    List<Plan> inputs();

    /** The same plan, if it is left after this part of its rows. */
    Plan scaled(double fraction);

    /** The row with one primary key. */
    record PointLookup(TableDefinition table, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of();
        }

        @Override
        public Plan scaled(double fraction) {
            return this;
        }
    }

    /** Rows in the order of the primary key: all of them, or those in a range of keys. */
    record TableScan(TableDefinition table, KeyBounds bounds, boolean isBackward, CostEstimate estimate)
            implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of();
        }

        @Override
        public Plan scaled(double fraction) {
            return new TableScan(table, bounds, isBackward, estimate.scaled(fraction));
        }
    }

    /** Entries of an index in its order: rows of which the columns of the index and of the primary key are known. */
    record IndexScan(SecondaryIndex index, KeyBounds bounds, boolean isBackward, CostEstimate estimate)
            implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of();
        }

        @Override
        public Plan scaled(double fraction) {
            return new IndexScan(index, bounds, isBackward, estimate.scaled(fraction));
        }
    }

    /** The rows that both inputs have, told by their primary keys; of each, the columns that either input knows. */
    record Intersection(TableDefinition table, Plan first, Plan second, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(first, second);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Intersection(table, first, second.scaled(fraction), estimate.scaled(fraction));
        }
    }

    /** The whole rows of those whose primary keys are known. */
    record Fetch(TableDefinition table, Plan input, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Fetch(table, input.scaled(fraction), estimate.scaled(fraction));
        }
    }

    /** The rows that fulfil the conditions on these columns. */
    record Filter(Plan input, List<Integer> columns, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Filter(input.scaled(fraction), columns, estimate.scaled(fraction));
        }
    }

    /** The rows in another order; only as many as the limit says, if there is one. */
    record Sort(Plan input, List<OrderBy> order, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Sort(input, order, estimate.scaled(fraction));
        }
    }

    /** As many rows as the limit of the query says, after those that its offset passes over. */
    record Limit(Plan input, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Limit(input.scaled(fraction), estimate.scaled(fraction));
        }
    }

    /** Some columns of the rows. */
    record Project(Plan input, List<Integer> columns, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return new Project(input.scaled(fraction), columns, estimate.scaled(fraction));
        }
    }

    /** The number of the rows. */
    record Count(Plan input, CostEstimate estimate) implements Plan {
        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }

        @Override
        public Plan scaled(double fraction) {
            return this;
        }
    }
}
