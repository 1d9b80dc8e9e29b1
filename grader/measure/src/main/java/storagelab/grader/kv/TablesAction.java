package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import storagelab.grader.LabException;
import storagelab.grader.cli.Json;
import storagelab.query.Catalog;
import storagelab.query.Column;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableDefinition;

/** {@code tables}: says which tables there are, and what is in one. */
@Command(
        name = "tables",
        customSynopsis = "tables [TABLE]",
        description = {"Print the tables, or the columns and indexes of one. In a session \\d does the same.", ""})
final class TablesAction extends KvAction {
    TablesAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0, "TABLE");
        Catalog catalog = session.sqlToRead().catalog();
        if (!arguments().isEmpty()) {
            String name = arguments().get(0);
            TableDefinition table = catalog.find(name)
                    .orElseThrow(() -> new LabException(
                            "There is no table " + name + ".", session.call("tables") + " prints those there are."));
            if (options.isJson()) {
                say(Json.of(numbers(catalog, table)));
            } else {
                describe(table);
            }
            return 0;
        }
        List<TableDefinition> tables = catalog.tables().stream()
                .sorted(Comparator.comparing(TableDefinition::name))
                .toList();
        if (tables.isEmpty() && !options.isJson()) {
            note("There are no tables; CREATE TABLE makes one.");
        }
        for (TableDefinition table : tables) {
            say(options.isJson() ? Json.line(numbers(catalog, table)) : table.name() + "\t" + rows(catalog, table));
        }
        return 0;
    }

    private static String rows(Catalog catalog, TableDefinition table) {
        return catalog.statistics(table)
                .map(statistics -> "%,d rows when it was analyzed".formatted(statistics.rows()))
                .orElse("not analyzed yet");
    }

    private void describe(TableDefinition table) {
        for (Column column : table.schema().columns()) {
            say(column.toString());
        }
        say("PRIMARY KEY " + bracketed(table.schema().primaryKey()));
        for (SecondaryIndex index : table.indexes()) {
            say((index.definition().unique() ? "UNIQUE INDEX " : "INDEX ")
                    + index.definition().name() + " "
                    + bracketed(index.definition().columns().stream()
                            .map(Object::toString)
                            .toList()));
        }
    }

    private static String bracketed(List<String> names) {
        return "(" + String.join(", ", names) + ")";
    }

    private static Map<String, Object> numbers(Catalog catalog, TableDefinition table) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Column column : table.schema().columns()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", column.name());
            one.put("type", column.type().name());
            one.put("nullable", column.nullable());
            columns.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("table", table.name());
        all.put("columns", columns);
        all.put("primaryKey", table.schema().primaryKey());
        all.put(
                "indexes",
                table.indexes().stream().map(index -> index.definition().name()).toList());
        catalog.statistics(table).ifPresent(statistics -> all.put("analyzedRows", statistics.rows()));
        return all;
    }
}
