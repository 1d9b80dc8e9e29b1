package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * How the catalog is entries of a store. Format: {@code notes/formats/relations.md}.
 *
 * <table>
 * <caption>Entries, after the prefix of the catalog; numbers of four bytes have the highest first</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code 00}</td><td>the header: version of the format, next free number</td></tr>
 * <tr><td>{@code 01}, number of a relation</td><td>the relation and its indexes</td></tr>
 * <tr><td>{@code 02}, number of a relation</td><td>its statistics</td></tr>
 * <tr><td>{@code 03}, number</td><td>empty: whatever has this number is unfinished or dropped, and is to be removed</td></tr>
 * </table>
 */
final class CatalogLayout {
    /** The version of the format that is written, and the only one that is read. */
    static final int VERSION = 1;

    /** The kind of the header. */
    static final int HEADER = 0;

    /** The kind of a relation. */
    static final int TABLE = 1;

    /** The kind of statistics. */
    static final int STATISTICS = 2;

    /** The kind of the mark of what is to be removed. */
    static final int LEFTOVER = 3;

    private static final int NULLABLE = 1;
    private static final int UNIQUE = 1;

    private CatalogLayout() {}

    /** The key of the header. */
    static Slice headerKey() {
        return KeySpace.prefix(KeySpace.CATALOG, 1).putByte(HEADER).toSlice();
    }

    /** The key of the entry of this kind about the relation or index with this number. */
    static Slice key(int kind, int id) {
        ByteWriter out = KeySpace.prefix(KeySpace.CATALOG, 1 + Integer.BYTES).putByte(kind);
        KeySpace.putId(out, id);
        return out.toSlice();
    }

    /** The keys of all entries of this kind. */
    static KeyRange range(int kind) {
        return KeyRange.prefix(
                KeySpace.prefix(KeySpace.CATALOG, 1).putByte(kind).toSlice());
    }

    /** The number in a key that {@link #key} has returned. */
    static int idOf(Slice key) {
        return KeySpace.idAt(key, KeySpace.PREFIX_BYTES + 1);
    }

    /** The value of the header. */
    static Slice header(int nextId) {
        return new ByteWriter(1 + Integer.BYTES)
                .putByte(VERSION)
                .putVarint32(nextId)
                .toSlice();
    }

    /**
     * The next free number.
     *
     * @throws IllegalStateException if the header is of another version, or no header
     */
    static int nextId(Slice header) {
        ByteReader in = new ByteReader(header);
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("the tables of this store have the format " + version
                        + ", and this program knows the format " + VERSION + " only: open it with a newer program");
            }
            return in.readVarint32();
        } catch (MalformedBytesException e) {
            throw damaged("its header", e);
        }
    }

    /** The value of a relation. */
    static Slice encode(TableDefinition table) {
        ByteWriter out = new ByteWriter(64).putLengthPrefixed(Slice.utf8(table.name()));
        Schema schema = table.schema();
        out.putVarint32(schema.columns().size());
        for (Column column : schema.columns()) {
            out.putLengthPrefixed(Slice.utf8(column.name()))
                    .putByte(code(column.type()))
                    .putByte(column.nullable() ? NULLABLE : 0);
        }
        out.putVarint32(schema.primaryKey().size());
        schema.primaryKey().forEach(name -> out.putVarint32(schema.indexOf(name)));
        out.putVarint32(table.indexes().size());
        for (SecondaryIndex index : table.indexes()) {
            IndexDefinition definition = index.definition();
            out.putVarint32(definition.id())
                    .putLengthPrefixed(Slice.utf8(definition.name()))
                    .putByte(definition.unique() ? UNIQUE : 0)
                    .putVarint32(definition.columns().size());
            for (KeyColumn key : definition.columns()) {
                out.putVarint32(schema.indexOf(key.column().name()))
                        .putByte(key.order() == SortOrder.DESCENDING ? 1 : 0);
            }
        }
        return out.toSlice();
    }

    /**
     * The relation of an entry.
     *
     * @throws IllegalStateException if the value is not one of {@link #encode}
     */
    static TableDefinition decode(int id, Slice value) {
        try {
            ByteReader in = new ByteReader(value);
            String name = in.readLengthPrefixed().toUtf8();
            Schema schema = schema(in);
            List<IndexDefinition> indexes = new ArrayList<>();
            for (int left = in.readVarint32(); left > 0; left--) {
                indexes.add(index(in, schema));
            }
            if (in.remaining() > 0) {
                throw new IllegalArgumentException(in.remaining() + " bytes follow its end");
            }
            return new TableDefinition(id, name, schema, indexes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | MalformedBytesException e) {
            throw damaged("the table with the number " + id, e);
        }
    }

    private static Schema schema(ByteReader in) {
        List<Column> columns = new ArrayList<>();
        for (int left = in.readVarint32(); left > 0; left--) {
            String name = in.readLengthPrefixed().toUtf8();
            ColumnType type = type(in.readByte());
            columns.add(new Column(name, type, in.readByte() == NULLABLE));
        }
        List<String> primaryKey = new ArrayList<>();
        for (int left = in.readVarint32(); left > 0; left--) {
            primaryKey.add(columns.get(in.readVarint32()).name());
        }
        return new Schema(columns, primaryKey);
    }

    private static IndexDefinition index(ByteReader in, Schema schema) {
        int id = in.readVarint32();
        String name = in.readLengthPrefixed().toUtf8();
        boolean unique = in.readByte() == UNIQUE;
        List<KeyColumn> columns = new ArrayList<>();
        for (int left = in.readVarint32(); left > 0; left--) {
            Column column = schema.columns().get(in.readVarint32());
            columns.add(new KeyColumn(column, in.readByte() == 1 ? SortOrder.DESCENDING : SortOrder.ASCENDING));
        }
        return new IndexDefinition(id, name, unique, columns);
    }

    /** The code of a type in the catalog. It never changes. */
    static int code(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> 1;
            case INT -> 2;
            case BIGINT -> 3;
            case DOUBLE -> 4;
            case TEXT -> 5;
            case BYTES -> 6;
            case TIMESTAMP -> 7;
        };
    }

    private static ColumnType type(int code) {
        for (ColumnType type : ColumnType.values()) {
            if (code(type) == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type has the code " + code);
    }

    /** That a part of the catalog cannot be read. */
    static IllegalStateException damaged(String part, RuntimeException why) {
        return new IllegalStateException(
                "the catalog of the tables is damaged at " + part + ": " + why.getMessage()
                        + "; restore the store from a backup",
                why);
    }
}
