package storagelab.query;

import java.util.ArrayList;
import java.util.List;

/**
 * What an index shall be, before it is made.
 *
 * <pre>{@code
 * database.createIndex("cities", IndexSpec.of("by_size", "country").descending("population"));
 * }</pre>
 *
 * @param name of the index
 * @param unique whether no two rows may have the same values
 * @param parts its columns, in their order
 */
public record IndexSpec(String name, boolean unique, List<Part> parts) {
    /**
     * A column of the index.
     *
     * @param column its name
     * @param order its direction
     */
    public record Part(String column, SortOrder order) {}

    /** Copies the list. */
    public IndexSpec {
        parts = List.copyOf(parts);
    }

    /** An index that is not unique, of columns that all ascend. */
    public static IndexSpec of(String name, String... columns) {
        List<Part> parts = new ArrayList<>();
        for (String column : columns) {
            parts.add(new Part(column, SortOrder.ASCENDING));
        }
        return new IndexSpec(name, false, parts);
    }

    /** The same as a unique index. */
    public IndexSpec asUnique() {
        return new IndexSpec(name, true, parts);
    }

    /** The same with one column more, which ascends. */
    public IndexSpec ascending(String column) {
        return with(new Part(column, SortOrder.ASCENDING));
    }

    /** The same with one column more, which descends. */
    public IndexSpec descending(String column) {
        return with(new Part(column, SortOrder.DESCENDING));
    }

    private IndexSpec with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new IndexSpec(name, unique, more);
    }
}
