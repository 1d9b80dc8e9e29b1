package storagelab.query.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.table.ColumnDefinition;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.table.Index;
import net.sf.jsqlparser.statement.drop.Drop;
import org.jspecify.annotations.Nullable;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.IndexSpec;
import storagelab.query.Schema;
import storagelab.query.SortOrder;

/** Translates the statements that change a schema. */
final class SchemaTranslator {
    private static final Set<String> OPTION_WORDS = Set.of("NOT", "NULL", "PRIMARY", "KEY");

    private final String sql;

    SchemaTranslator(String sql) {
        this.sql = sql;
    }

    Command createTable(CreateTable create) {
        StringBuilder supported = new StringBuilder("CREATE TABLE ");
        if (create.isIfNotExists()) {
            supported.append("IF NOT EXISTS ");
        }
        supported.append(create.getTable()).append(" (");
        List<ColumnDefinition> definitions = create.getColumnDefinitions();
        if (definitions == null || definitions.isEmpty()) {
            throw new SqlException("CREATE TABLE needs columns", Place.BEGIN);
        }
        List<String> primaryKey = new ArrayList<>();
        Set<String> required = new HashSet<>();
        List<String> parts = new ArrayList<>();
        for (ColumnDefinition definition : definitions) {
            parts.add(definition.getColumnName() + " " + definition.getColDataType()
                    + options(definition, primaryKey, required));
        }
        for (Index constraint : create.getIndexes() == null ? List.<Index>of() : create.getIndexes()) {
            parts.add("PRIMARY KEY (" + String.join(", ", constraint.getColumnsNames()) + ")");
            if (!primaryKey.isEmpty()) {
                throw new SqlException("a table has one PRIMARY KEY", Place.ofText(sql, String.valueOf(constraint)));
            }
            constraint.getColumnsNames().forEach(name -> primaryKey.add(ConditionTranslator.name(name)));
        }
        supported.append(String.join(", ", parts)).append(")");
        Unsupported.check(sql, create.toString(), supported.toString());
        if (primaryKey.isEmpty()) {
            throw new SqlException("CREATE TABLE needs a PRIMARY KEY", Place.BEGIN);
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnDefinition definition : definitions) {
            String name = ConditionTranslator.name(definition.getColumnName());
            boolean isNullable = !required.contains(name) && !primaryKey.contains(name);
            columns.add(new Column(name, type(definition), isNullable));
        }
        try {
            return new Command.CreateTable(
                    ConditionTranslator.name(create.getTable().getName()),
                    new Schema(columns, primaryKey),
                    create.isIfNotExists());
        } catch (IllegalArgumentException e) {
            throw new SqlException(String.valueOf(e.getMessage()), Place.BEGIN);
        }
    }

    /** What follows the type of a column, as far as it is supported. */
    private static String options(ColumnDefinition definition, List<String> primaryKey, Set<String> required) {
        @Nullable List<String> specs = definition.getColumnSpecs();
        if (specs == null) {
            return "";
        }
        String name = ConditionTranslator.name(definition.getColumnName());
        String text = String.join(" ", specs).toUpperCase(Locale.ROOT);
        if (text.contains("PRIMARY KEY")) {
            primaryKey.add(name);
        }
        if (text.contains("NOT NULL")) {
            required.add(name);
        }
        StringBuilder supported = new StringBuilder();
        for (String word : specs) {
            if (!OPTION_WORDS.contains(word.toUpperCase(Locale.ROOT))) {
                break;
            }
            supported.append(' ').append(word);
        }
        return supported.toString();
    }

    private ColumnType type(ColumnDefinition definition) {
        String written = String.valueOf(definition.getColDataType());
        String type = written.toUpperCase(Locale.ROOT).replaceAll("\\s*\\(.*", "");
        return switch (type) {
            case "BOOLEAN", "BOOL" -> ColumnType.BOOLEAN;
            case "INT", "INTEGER" -> ColumnType.INT;
            case "BIGINT" -> ColumnType.BIGINT;
            case "DOUBLE", "DOUBLE PRECISION" -> ColumnType.DOUBLE;
            case "TEXT", "STRING" -> ColumnType.TEXT;
            case "BYTES", "BLOB", "BYTEA" -> ColumnType.BYTES;
            case "TIMESTAMP" -> ColumnType.TIMESTAMP;
            default ->
                throw new SqlException(
                        "the type " + written
                                + " is not supported: there are BOOLEAN, INT, BIGINT, DOUBLE, TEXT, BYTES,"
                                + " TIMESTAMP",
                        Place.ofText(sql, type));
        };
    }

    Command createIndex(CreateIndex create) {
        Index index = create.getIndex();
        @Nullable String type = index.getType();
        boolean isUnique = type != null && type.equalsIgnoreCase("UNIQUE");
        List<IndexSpec.Part> parts = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (Index.ColumnParams column : index.getColumns()) {
            if (column.isExpression()) {
                throw new SqlException(
                        "an index of '" + column.getExpression() + "' is not supported: it is of columns",
                        Place.of(sql, column.getExpression()));
            }
            List<String> order = column.getParams() == null ? List.of() : column.getParams();
            boolean isDescending = order.size() == 1 && order.get(0).equalsIgnoreCase("DESC");
            boolean isAscending = order.size() == 1 && order.get(0).equalsIgnoreCase("ASC");
            written.add(column.getColumnName() + (isDescending || isAscending ? " " + order.get(0) : ""));
            parts.add(new IndexSpec.Part(
                    ConditionTranslator.name(column.getColumnName()),
                    isDescending ? SortOrder.DESCENDING : SortOrder.ASCENDING));
        }
        Unsupported.check(
                sql,
                create.toString(),
                "CREATE " + (isUnique ? type + " " : "") + "INDEX "
                        + (create.isUsingIfNotExists() ? "IF NOT EXISTS " : "") + index.getName() + " ON "
                        + create.getTable() + " (" + String.join(", ", written) + ")");
        return new Command.CreateIndex(
                ConditionTranslator.name(create.getTable().getName()),
                new IndexSpec(ConditionTranslator.name(index.getName()), isUnique, parts),
                create.isUsingIfNotExists());
    }

    Command drop(Drop drop) {
        String type = String.valueOf(drop.getType()).toUpperCase(Locale.ROOT);
        if (!type.equals("TABLE") && !type.equals("INDEX")) {
            throw new SqlException("DROP is for a TABLE or an INDEX", Place.ofText(sql, type));
        }
        Unsupported.check(
                sql,
                drop.toString(),
                "DROP " + drop.getType() + " " + (drop.isIfExists() ? "IF EXISTS " : "") + drop.getName());
        return new Command.Drop(
                type.equals("INDEX"), ConditionTranslator.name(drop.getName().getName()), drop.isIfExists());
    }
}
