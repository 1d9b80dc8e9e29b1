package storagelab.sstable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.codec.ByteWriter;

@Tag("5.5")
class TableIndexTest {
    private static final int EQUAL = 1000;

    /** A key with eight equal bytes at its beginning, as an index has them as hints, and a number. */
    private static Slice numbered(int eightTimes, int number) {
        byte[] bytes = new byte[Long.BYTES + Short.BYTES];
        Arrays.fill(bytes, 0, Long.BYTES, (byte) eightTimes);
        bytes[Long.BYTES] = (byte) (number >> 8);
        bytes[Long.BYTES + 1] = (byte) number;
        return Slice.wrap(bytes);
    }

    private static TableIndex index(List<Slice> userKeys) {
        BlockBuilder builder = new BlockBuilder(1);
        int offset = 0;
        for (Slice user : userKeys) {
            ByteWriter handle = new ByteWriter(10);
            new BlockHandle(offset, 100).writeTo(handle);
            builder.add(InternalKey.of(user, 9, ValueKind.VALUE), handle.toSlice());
            offset += 105;
        }
        return new TableIndex(new Block(builder.finish().toByteArray(), Path.of("index"), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x61, 0x7f, 0x80, 0xff})
    @DisplayName("of separators whose first eight bytes are equal, the largest number included, the right one is found")
    void equalHints(int eightTimes) {
        TreeSet<Slice> separators = new TreeSet<>();
        separators.add(Slice.utf8("0"));
        for (int i = 0; i < EQUAL; i++) {
            separators.add(numbered(eightTimes, 2 * i));
        }
        separators.add(numbered(0xff, 2 * EQUAL)); // the last has no hint
        List<Slice> sorted = new ArrayList<>(separators);
        TableIndex index = index(sorted);
        for (int i = 0; i < 2 * EQUAL + 2; i++) {
            Slice key = numbered(eightTimes, i);
            Slice expected = separators.ceiling(key);
            int at = expected == null ? sorted.size() : sorted.indexOf(expected);
            assertThat("block of " + key, index.find(key, InternalKey.tag(InternalKey.seekKey(key, 9))), is(at));
            boolean isThere = key.equals(expected);
            assertThat(
                    "block of an older version of " + key,
                    index.find(key, InternalKey.tag(InternalKey.seekKey(key, 8))),
                    is(isThere ? at + 1 : at));
        }
    }
}
