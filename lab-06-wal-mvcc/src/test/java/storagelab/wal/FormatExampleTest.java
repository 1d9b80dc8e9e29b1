package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;

@Tag("6.1")
class FormatExampleTest {
    private static final String EXAMPLE = """
            0d 7f b3 4c 35 00 01
            01 88 77 66 55 45 33 22 11 00 00 00 00 01 00 00 00
            53 4c 41 42 57 41 4c 31 01 00 00 00 88 77 66 55 44 33 22 11
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            9e 73 81 f9 25 00 01
            02 b4 77 66 55 45 33 22 11 3c 00 00 00 01 00 00 00
            01 00 00 00 00 00 00 00 02 00 00 00 01 01 61 01 31 00 01 62
            24 af ec b2 22 00 01
            02 e0 77 66 55 45 33 22 11 68 00 00 00 01 00 00 00
            03 00 00 00 00 00 00 00 01 00 00 00 01 01 63 01 32
            85 90 d8 25 11 00 01
            04 19 77 66 55 45 33 22 11 91 00 00 00 01 00 00 00
            """;

    @Test
    @DisplayName("a segment is what notes/formats/write-ahead-log.md says, byte for byte")
    void segment() throws Exception {
        Path root = CrashDisk.create().root();
        SegmentHeader header = new SegmentHeader(0x1122334455667788L, 0, 0);
        WalOptions options = WalOptions.defaults().withAccess(SegmentAccess.CHANNEL);
        try (WriteAheadLog log = WriteAheadLog.create(root, header, options, new StatsRecorder())) {
            log.append(
                    1,
                    List.of(new WriteBatch()
                            .put(Slice.utf8("a"), Slice.utf8("1"))
                            .delete(Slice.utf8("b"))));
            log.sync();
            log.append(3, List.of(new WriteBatch().put(Slice.utf8("c"), Slice.utf8("2"))));
        }
        String found = HexFormat.ofDelimiter(" ").formatHex(Files.readAllBytes(SegmentFiles.path(root, 1)));
        assertThat(found, is(EXAMPLE.replaceAll("\\s+", " ").strip()));
    }
}
