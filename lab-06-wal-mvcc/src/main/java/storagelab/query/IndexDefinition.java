package storagelab.query;

import java.util.HashSet;
import java.util.List;

/**
 * An index of a relation, as the catalog describes it.
 *
 * @param id which all keys of its entries begin with; no other index or relation of the store has it, or ever had it
 * @param name which no other index of the store has
 * @param unique whether two rows may not have the same values in its columns; rows with a null in one of them may
 * @param columns in the order of the index, each once, at least one
 */
public record IndexDefinition(int id, String name, boolean unique, List<KeyColumn> columns) {
    /** Checks the columns. */
    public IndexDefinition {
        columns = List.copyOf(columns);
        List<String> names = columns.stream().map(key -> key.column().name()).toList();
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("an index of the columns " + names);
        }
    }

    @Override
    public String toString() {
        return (unique ? "unique " : "") + "index " + name + " " + columns;
    }
}
