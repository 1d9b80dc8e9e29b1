package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A relation, as the catalog describes it, with its indexes.
 *
 * <p>Concurrency: immutable. A change of the relation makes a new one, so that two definitions are the same version if and only
 * if they are the same object.
 */
public final class TableDefinition {
    private final int id;
    private final String name;
    private final Schema schema;
    private final TableLayout layout;
    private final List<SecondaryIndex> indexes;

    /**
     * A relation.
     *
     * @param id which all keys of its rows begin with
     */
    TableDefinition(int id, String name, Schema schema, List<IndexDefinition> indexes) {
        this.id = id;
        this.name = name;
        this.schema = schema;
        this.layout = new TableLayout(id, schema);
        this.indexes =
                indexes.stream().map(index -> new SecondaryIndex(schema, index)).toList();
    }

    /** The number that all keys of its rows begin with. */
    public int id() {
        return id;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its columns, and those of its primary key. */
    public Schema schema() {
        return schema;
    }

    /** How its rows are keys and values. */
    public TableLayout layout() {
        return layout;
    }

    /** Its indexes, in the order in which they were made. */
    public List<SecondaryIndex> indexes() {
        return indexes;
    }

    /** The index of this name. */
    public Optional<SecondaryIndex> index(String indexName) {
        return indexes.stream()
                .filter(index -> index.definition().name().equals(indexName))
                .findFirst();
    }

    /** The same relation with one index more. */
    TableDefinition withIndex(IndexDefinition added) {
        List<IndexDefinition> more = new ArrayList<>(definitions());
        more.add(added);
        return new TableDefinition(id, name, schema, more);
    }

    /** The same relation without the index of this name. */
    TableDefinition withoutIndex(String indexName) {
        List<IndexDefinition> rest = new ArrayList<>(definitions());
        rest.removeIf(index -> index.name().equals(indexName));
        return new TableDefinition(id, name, schema, rest);
    }

    private List<IndexDefinition> definitions() {
        return indexes.stream().map(SecondaryIndex::definition).toList();
    }

    @Override
    public String toString() {
        return name + " " + schema;
    }
}
