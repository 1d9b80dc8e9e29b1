package storagelab.kin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * Fields with names. A value is a {@link Boolean}, a {@link Long}, a {@link Double}, a {@link String}, a {@link List} of
 * values, or a {@link Map} from names to values, which is an object within the document.
 *
 * <p>Format: a value is a byte that says what it is, then
 *
 * <table>
 * <caption>The values</caption>
 * <tr><th>byte</th><th>is</th><th>followed by</th></tr>
 * <tr><td>1, 2</td><td>false, true</td><td>nothing</td></tr>
 * <tr><td>3</td><td>an integer</td><td>eight bytes, the highest first, the sign bit flipped</td></tr>
 * <tr><td>4</td><td>a double</td><td>eight bytes, in the order of the numbers</td></tr>
 * <tr><td>5</td><td>a text</td><td>its bytes, as {@link KeyBytes} writes them</td></tr>
 * <tr><td>6</td><td>a list</td><td>the number of values, a varint; the values</td></tr>
 * <tr><td>7</td><td>an object</td><td>the number of fields, a varint; for each, in the order of the names, the length of the name, a
 *     varint, the name, and the value</td></tr>
 * </table>
 *
 * <p>The forms of the first five have the order of the values, so that they can be parts of keys: false, true, all integers, all
 * doubles, all texts.
 *
 * @param fields by their names
 */
public record Document(Map<String, Object> fields) {
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INTEGER = 3;
    private static final int DOUBLE = 4;
    private static final int TEXT = 5;
    private static final int LIST = 6;
    private static final int OBJECT = 7;
    private static final int DEPTH_MAX = 50;

    /**
     * Copies the fields, lists and objects among them.
     *
     * @throws IllegalArgumentException if a value is of another kind, or objects are more than 50 deep
     */
    public Document {
        fields = copyOfFields(fields, 0);
    }

    private static Map<String, Object> copyOfFields(Map<?, ?> fields, int depth) {
        Map<String, Object> copy = new TreeMap<>();
        fields.forEach((name, value) -> copy.put((String) name, copyOf(value, depth + 1)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOf(Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("values more than " + DEPTH_MAX + " deep");
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(one -> copy.add(copyOf(one, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> object) {
            return copyOfFields(object, depth);
        }
        checkScalar(value);
        return value;
    }

    /**
     * The values at a path: the names of fields with dots between. For a list, the path goes on in each of its values.
     *
     * <p>Example: of {@code {"name": "Ada", "phones": [{"kind": "home"}, {"kind": "work"}]}}, {@code "name"} has one value, {@code
     * "phones.kind"} has two, and {@code "age"} has none.
     *
     * @return without objects, and without duplicates
     */
    public List<Object> at(String path) {
        List<Object> values = List.of(fields);
        for (String name : path.split("\\.", -1)) {
            List<Object> next = new ArrayList<>();
            for (Object value : values) {
                if (value instanceof Map<?, ?> object) {
                    addFlat(object.get(name), next);
                }
            }
            values = next;
        }
        return values.stream()
                .filter(value -> !(value instanceof Map))
                .distinct()
                .toList();
    }

    private static void addFlat(@Nullable Object value, List<Object> to) {
        if (value instanceof List<?> list) {
            list.forEach(one -> addFlat(one, to));
        } else if (value != null) {
            to.add(value);
        }
    }

    /** The bytes of the document. */
    Slice encode() {
        ByteWriter out = new ByteWriter(128);
        put(out, fields);
        return out.toSlice();
    }

    /** The inverse of {@link #encode}. */
    static Document decode(Slice bytes) {
        if (read(new ByteReader(bytes)) instanceof Map<?, ?> fields) {
            return new Document(copyOfFields(fields, 0));
        }
        throw new MalformedBytesException("a document that is no object");
    }

    /**
     * Appends a value to a key.
     *
     * @throws IllegalArgumentException if it is neither boolean nor number nor text
     */
    static KeyBytes putScalar(KeyBytes key, Object value) {
        if (value instanceof Boolean bool) {
            return key.tag(bool ? TRUE : FALSE);
        } else if (value instanceof Long number) {
            return key.tag(INTEGER).number(number);
        } else if (value instanceof Double number) {
            long bits = Double.doubleToLongBits(number);
            return key.tag(DOUBLE).unsigned(bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE));
        } else if (value instanceof String text) {
            return key.tag(TEXT).text(text);
        }
        throw new IllegalArgumentException(
                "a field is a boolean, a long, a double, a text, a list or a map, and not " + value.getClass());
    }

    private static void checkScalar(Object value) {
        KeyBytes unused = putScalar(KeyBytes.of(' '), value);
    }

    private static void put(ByteWriter out, Object value) {
        if (value instanceof List<?> list) {
            out.putByte(LIST).putVarint32(list.size());
            list.forEach(one -> put(out, one));
        } else if (value instanceof Map<?, ?> object) {
            out.putByte(OBJECT).putVarint32(object.size());
            object.forEach((name, field) -> {
                out.putLengthPrefixed(KeyBytes.utf8((String) name));
                put(out, field);
            });
        } else {
            Slice scalar = putScalar(KeyBytes.of(' '), value).toSlice();
            out.putBytes(scalar.subSlice(1, scalar.length()));
        }
    }

    /** The next value of {@code in}, which is neither a list nor an object. */
    static Object readScalar(ByteReader in) {
        Object value = read(in);
        checkScalar(value);
        return value;
    }

    private static Object read(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case FALSE -> false;
            case TRUE -> true;
            case INTEGER -> KeyBytes.numberAt(in.readBytes(Long.BYTES), 0);
            case DOUBLE -> {
                long sortable = in.readBytes(Long.BYTES).wordAt(0);
                yield Double.longBitsToDouble(sortable ^ (~sortable >> (Long.SIZE - 1) | Long.MIN_VALUE));
            }
            case TEXT -> KeyBytes.readText(in);
            case LIST -> {
                List<Object> list = new ArrayList<>();
                for (int left = in.readVarint32(); left > 0; left--) {
                    list.add(read(in));
                }
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> object = new TreeMap<>();
                for (int left = in.readVarint32(); left > 0; left--) {
                    String name = in.readLengthPrefixed().toUtf8();
                    object.put(name, read(in));
                }
                yield object;
            }
            default -> throw new MalformedBytesException("a value of the kind " + kind);
        };
    }
}
