package storagelab.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;

@Tag("5.7")
class BatchRecordTest {
    private static final String EXAMPLE = "0700000000000000" + "02000000" + "0101610131" + "000162";

    private static final WriteBatch PUT = new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1"));
    private static final WriteBatch DELETION = new WriteBatch().delete(Slice.utf8("b"));

    private static BatchRecord decode(String hex) {
        return BatchRecord.decode(Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex)));
    }

    @Test
    @DisplayName("the worked example, as one batch and as two, in a writer that was used before")
    void workedExample() {
        WriteBatch both = new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1")).delete(Slice.utf8("b"));
        ByteWriter out = new ByteWriter(16);
        for (List<WriteBatch> batches : List.of(List.of(both), List.of(PUT, DELETION))) {
            Slice record = BatchRecord.encode(7, batches, out);
            assertThat(
                    "the bytes of " + batches.size() + " batches",
                    BaseEncoding.base16().lowerCase().encode(record.toByteArray()),
                    is(EXAMPLE));
        }
        BatchRecord read = decode(EXAMPLE);
        assertThat("sequence", read.sequence(), is(7L));
        assertThat("operations", read.batch().operations(), is(both.operations()));
    }

    @Test
    @DisplayName("what is no record is refused: cut off, too long, of an unknown kind, with numbers that cannot be")
    void refused() {
        for (int length = 0; length < EXAMPLE.length(); length += 2) {
            String cut = EXAMPLE.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> decode(cut), "the first " + length / 2 + " bytes");
        }
        assertThrows(IllegalArgumentException.class, () -> decode(EXAMPLE + "00"), "a byte behind it");
        assertThrows(
                IllegalArgumentException.class,
                () -> decode("0700000000000000" + "01000000" + "02016101 31".replace(" ", "")),
                "an operation of kind 2");
        assertThrows(IllegalArgumentException.class, () -> decode("0700000000000000" + "ffffffff"), "-1 operations");
        assertThrows(
                IllegalArgumentException.class,
                () -> decode("07000000000000ff" + "01000000" + "000162"),
                "a sequence that does not fit");
    }
}
