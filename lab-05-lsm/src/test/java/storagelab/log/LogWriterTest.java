package storagelab.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.lsm.LogBytes.BLOCK;
import static storagelab.testkit.lsm.LogBytes.head;
import static storagelab.testkit.lsm.LogBytes.record;
import static storagelab.testkit.lsm.LogBytes.written;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;

@Tag("5.3")
class LogWriterTest {
    @Test
    @DisplayName("the worked example: hello, byte for byte")
    void hello() {
        byte[] log = written(List.of(Slice.utf8("hello")));
        assertThat("the log", HexFormat.ofDelimiter(" ").formatHex(log), is("0b b9 57 58 05 00 01 68 65 6c 6c 6f"));
    }

    @Test
    @DisplayName("the worked example: three records over four blocks")
    void threeRecords() {
        byte[] log = written(List.of(record(1000, 1), record(97_270, 2), record(8000, 3)));
        assertThat("type and length of the chunk at 0", head(log, 0), is("1:1000"));
        assertThat("type and length of the chunk at 1,007", head(log, 1007), is("2:31754"));
        assertThat("type and length of the chunk at 32,768", head(log, BLOCK), is("3:32761"));
        assertThat("type and length of the chunk at 65,536", head(log, 2 * BLOCK), is("4:32755"));
        byte[] left = Arrays.copyOfRange(log, 3 * BLOCK - 6, 3 * BLOCK);
        assertThat("the last six bytes of the third block", left, is(new byte[6]));
        assertThat("type and length of the chunk at 98,304", head(log, 3 * BLOCK), is("1:8000"));
        assertThat("bytes of the log", log.length, is(3 * BLOCK + 7 + 8000));
    }

    @Test
    @DisplayName("when seven bytes are left in a block, an empty first chunk takes them")
    void emptyFirst() {
        byte[] log = written(List.of(record(BLOCK - 14, 1), record(10, 2)));
        assertThat("type and length of the last chunk of the block", head(log, BLOCK - 7), is("2:0"));
        assertThat("type and length of the chunk of the next", head(log, BLOCK), is("4:10"));
    }

    @Test
    @DisplayName("an empty record is a chunk without data, also where seven bytes are left")
    void emptyRecord() {
        assertThat("type and length", head(written(List.of(Slice.EMPTY)), 0), is("1:0"));
        byte[] log = written(List.of(record(BLOCK - 14, 1), Slice.EMPTY));
        assertThat("type and length at the end of a block", head(log, BLOCK - 7), is("1:0"));
        assertThat("bytes of the log", log.length, is(BLOCK));
    }
}
