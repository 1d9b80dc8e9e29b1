package storagelab.kin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * The values of one column in some rows that follow each other, in the shortest of four forms.
 *
 * <p>Format: the form in one byte, the number of values as a varint, then
 *
 * <table>
 * <caption>The forms</caption>
 * <tr><th>form</th><th>is</th><th>followed by</th></tr>
 * <tr><td>0</td><td>plain</td><td>each value, as {@link Document} writes it</td></tr>
 * <tr><td>1</td><td>dictionary</td><td>the number of different values, a varint; these values, in their order; for each row the place of its value among
 *     them, in as many bits as the last place takes</td></tr>
 * <tr><td>2</td><td>runs</td><td>the different values, as above; for each run of equal values the place of its value and its length, two varints</td></tr>
 * <tr><td>3</td><td>differences</td><td>the smallest integer in eight bytes, lowest first; a width in one byte; for each row the difference to it in that many bits</td></tr>
 * </table>
 */
final class ColumnChunk {
    private static final int PLAIN = 0;
    private static final int DICTIONARY = 1;
    private static final int RUNS = 2;
    private static final int DIFFERENCES = 3;

    private ColumnChunk() {}

    /** The shortest form of these values, of which there must be one, all of one kind: Boolean, Long, Double or String. */
    static Slice encode(List<Object> values) {
        return Stream.of(plain(values), dictionary(values), runs(values), differences(values))
                .min(Comparator.comparingInt(Slice::length))
                .orElseThrow();
    }

    /** The values. */
    static List<Object> decode(Slice chunk) {
        ByteReader in = new ByteReader(chunk);
        int form = in.readByte();
        int count = in.readVarint32();
        List<Object> values = new ArrayList<>();
        switch (form) {
            case PLAIN -> readPlain(in, count, values);
            case DICTIONARY -> {
                List<Object> different = readDifferent(in);
                BitReader bits = new BitReader(in);
                int width = width(different.size() - 1);
                for (int i = 0; i < count; i++) {
                    values.add(valueAt(different, bits.read(width)));
                }
            }
            case RUNS -> {
                List<Object> different = readDifferent(in);
                while (values.size() < count) {
                    Object value = valueAt(different, in.readVarint32());
                    for (int left = in.readVarint32(); left > 0 && values.size() < count; left--) {
                        values.add(value);
                    }
                }
            }
            case DIFFERENCES -> {
                long least = in.readFixed64();
                int width = in.readByte();
                BitReader bits = new BitReader(in);
                for (int i = 0; i < count; i++) {
                    values.add(least + bits.read(width));
                }
            }
            default -> throw new MalformedBytesException("a column of the form " + form);
        }
        return values;
    }

    /** What the form of a chunk is called. */
    static String form(Slice chunk) {
        return List.of("plain", "dictionary", "runs", "differences").get(chunk.byteAt(0));
    }

    private static ByteWriter begin(int form, List<Object> values) {
        return new ByteWriter(2 * values.size() + 16).putByte(form).putVarint32(values.size());
    }

    static Slice plain(List<Object> values) {
        ByteWriter out = begin(PLAIN, values);
        values.forEach(value -> out.putBytes(scalar(value)));
        return out.toSlice();
    }

    private static Slice dictionary(List<Object> values) {
        ByteWriter out = begin(DICTIONARY, values);
        Map<Slice, Integer> places = putDifferent(out, values);
        BitWriter bits = new BitWriter(out);
        int width = width(places.size() - 1);
        values.forEach(value -> bits.put(place(places, value), width));
        return bits.finish();
    }

    private static Slice runs(List<Object> values) {
        ByteWriter out = begin(RUNS, values);
        Map<Slice, Integer> places = putDifferent(out, values);
        int start = 0;
        for (int i = 1; i <= values.size(); i++) {
            if (i == values.size() || !values.get(i).equals(values.get(start))) {
                out.putVarint32(place(places, values.get(start))).putVarint32(i - start);
                start = i;
            }
        }
        return out.toSlice();
    }

    /** For integers whose differences are no more than 63 bits; else the plain form. */
    private static Slice differences(List<Object> values) {
        if (!(values.get(0) instanceof Long)) {
            return plain(values);
        }
        long least = values.stream().mapToLong(value -> (long) value).min().orElseThrow();
        long largest = values.stream().mapToLong(value -> (long) value).max().orElseThrow();
        if (largest - least < 0) {
            return plain(values);
        }
        int width = width(largest - least);
        ByteWriter out = begin(DIFFERENCES, values).putFixed64(least).putByte(width);
        BitWriter bits = new BitWriter(out);
        values.forEach(value -> bits.put((long) value - least, width));
        return bits.finish();
    }

    private static Map<Slice, Integer> putDifferent(ByteWriter out, List<Object> values) {
        TreeSet<Slice> different = new TreeSet<>();
        values.forEach(value -> different.add(scalar(value)));
        out.putVarint32(different.size());
        Map<Slice, Integer> places = new TreeMap<>();
        for (Slice value : different) {
            out.putBytes(value);
            places.put(value, places.size());
        }
        return places;
    }

    private static int place(Map<Slice, Integer> places, Object value) {
        return places.getOrDefault(scalar(value), -1);
    }

    private static List<Object> readDifferent(ByteReader in) {
        List<Object> different = new ArrayList<>();
        readPlain(in, in.readVarint32(), different);
        return different;
    }

    private static void readPlain(ByteReader in, int count, List<Object> values) {
        for (int i = 0; i < count; i++) {
            values.add(Document.readScalar(in));
        }
    }

    private static Object valueAt(List<Object> different, long place) {
        if (place < 0 || place >= different.size()) {
            throw new MalformedBytesException("value " + place + " of " + different.size());
        }
        return different.get((int) place);
    }

    /** The bits that the numbers from 0 to {@code largest} need. */
    private static int width(long largest) {
        return Long.SIZE - Long.numberOfLeadingZeros(largest);
    }

    /** A value as it is in a key, so that bytes have the order of values. */
    static Slice scalar(Object value) {
        Slice key = Document.putScalar(KeyBytes.of(' '), value).toSlice();
        return key.subSlice(1, key.length());
    }
}
