package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class RelationFormatExampleTest {
    private static final String EXAMPLE = """
            00 71 00 00 00 00 00 = 01 04
            00 71 00 00 00 00 01 00 00 00 01 =
                04 63 69 74 79
                03 02 69 64 02 00 07 63 6f 75 6e 74 72 79 05 00 04 73 69 7a 65 02 01
                01 00
                02 02 07 62 79 5f 73 69 7a 65 00 02 01 00 02 01
                   03 05 73 69 7a 65 73 01 01 02 00
            00 71 00 00 00 00 02 00 00 00 01 =
                02
                00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 40 00 02
                   04 80 00 00 05 04 80 00 00 05 00 00 00 00 00 00 e0 3f 00 00 00 00 00 00 f0 3f
                   04 80 00 00 06 04 80 00 00 06 00 00 00 00 00 00 e0 3f 00 00 00 00 00 00 f0 3f
                00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 40 00 02
                   04 46 52 00 00 04 46 52 00 00 00 00 00 00 00 00 e0 3f 00 00 00 00 00 00 f0 3f
                   04 56 41 00 00 04 56 41 00 00 00 00 00 00 00 00 e0 3f 00 00 00 00 00 00 f0 3f
                00 00 00 00 00 00 e0 3f 00 00 00 00 00 00 f0 3f 00 01
                   04 80 20 a1 b7 04 80 20 a1 b7 00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 f0 3f
            00 71 00 00 00 01 80 00 00 05 = 02 00 02 46 52 ee 86 85 02
            00 71 00 00 00 01 80 00 00 06 = 02 02 02 56 41
            00 71 00 00 00 02 46 52 00 00 fe 7f df 5e 48 80 00 00 05 =
            00 71 00 00 00 02 56 41 00 00 ff 80 00 00 06 =
            00 71 00 00 00 03 00 80 00 00 06 =
            00 71 00 00 00 03 01 80 20 a1 b7 = 80 00 00 05
            """;

    @Test
    @DisplayName("a relation with two indexes is what notes/formats/relations.md says, byte for byte")
    void relation() {
        List<String> entries = new ArrayList<>();
        try (CrashSafeStore store =
                CrashSafeStore.open(CrashDisk.create().root(), DurableOptions.defaults(EngineKind.BTREE))) {
            Database database = Database.open(store);
            database.createTable(
                    "city",
                    new Schema(
                            List.of(
                                    Column.required("id", ColumnType.INT),
                                    Column.required("country", ColumnType.TEXT),
                                    Column.optional("size", ColumnType.INT)),
                            List.of("id")));
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                transaction.table("city").insert(Row.of(5, "FR", 2138551));
                transaction.table("city").insert(Row.of(6, "VA", null));
                transaction.commit();
            }
            database.createIndex("city", IndexSpec.of("by_size", "country").descending("size"));
            database.createIndex("city", IndexSpec.of("sizes", "size").asUnique());
            database.analyze("city", AnalyzeOptions.defaults().withPrecision(4), new Random(0));
            HexFormat hex = HexFormat.ofDelimiter(" ");
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    entries.add((hex.formatHex(cursor.key().toByteArray()) + " = "
                                    + hex.formatHex(cursor.value().toByteArray()))
                            .strip());
                }
            }
        }
        assertThat(String.join(" ", entries), is(EXAMPLE.replaceAll("\\s+", " ").strip()));
    }
}
