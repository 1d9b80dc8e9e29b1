package storagelab.query;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The relations of a database at one moment, their indexes and statistics.
 *
 * <p>Concurrency: immutable.
 */
public final class Catalog {
    private final long version;
    private final Map<String, TableDefinition> tables;
    private final Map<Integer, TableStatistics> statistics; // by the number of the relation

    private Catalog(long version, Map<String, TableDefinition> tables, Map<Integer, TableStatistics> statistics) {
        this.version = version;
        this.tables = tables;
        this.statistics = statistics;
    }

    /** The catalog of no relations. */
    static Catalog empty() {
        return new Catalog(0, Map.of(), Map.of());
    }

    /** A number that is greater after every change of the catalog while the database is open. */
    public long version() {
        return version;
    }

    /** The relations, by name. */
    public Collection<TableDefinition> tables() {
        return tables.values();
    }

    /** The relation of this name, if there is one. */
    public Optional<TableDefinition> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * The relation of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TableDefinition table(String name) {
        TableDefinition table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("there is no table " + name + "; there are " + tables.keySet());
        }
        return table;
    }

    /** The relation that has the index of this name, if there is one. */
    public Optional<TableDefinition> tableOfIndex(String index) {
        return tables.values().stream()
                .filter(table -> table.index(index).isPresent())
                .findFirst();
    }

    /** What the last analysis found out about a relation, if there was one. */
    public Optional<TableStatistics> statistics(TableDefinition table) {
        return Optional.ofNullable(statistics.get(table.id()));
    }

    /** The same with this relation, in place of one with the same name. */
    Catalog with(TableDefinition table) {
        Map<String, TableDefinition> changed = new TreeMap<>(tables);
        changed.put(table.name(), table);
        return new Catalog(version + 1, changed, statistics);
    }

    /** The same without this relation. */
    Catalog without(TableDefinition table) {
        Map<String, TableDefinition> changed = new TreeMap<>(tables);
        changed.remove(table.name());
        return new Catalog(version + 1, changed, changedStatistics(table.id(), null));
    }

    /** The same with statistics of a relation. */
    Catalog with(int table, TableStatistics known) {
        return new Catalog(version + 1, tables, changedStatistics(table, known));
    }

    private Map<Integer, TableStatistics> changedStatistics(int table, @Nullable TableStatistics known) {
        Map<Integer, TableStatistics> changed = new HashMap<>(statistics);
        if (known == null) {
            changed.remove(table);
        } else {
            changed.put(table, known);
        }
        return changed;
    }

    @Override
    public String toString() {
        return tables.values().toString();
    }
}
