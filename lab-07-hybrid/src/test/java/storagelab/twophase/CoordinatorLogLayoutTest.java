package storagelab.twophase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;

class CoordinatorLogLayoutTest {
    private static final long FIRST = 1L << 32;
    private static final Set<String> BOTH = Set.of("orders", "prices");

    private final Path home = CrashDisk.create().root();

    @Test
    @DisplayName("the records are those of the example in notes/formats/coordinator-log.md")
    void format() {
        assertThat(
                "COMMIT",
                hex(CoordinatorLogLayout.commit(FIRST, BOTH)),
                is("01 00 00 00 00 01 00 00 00 02 06 6f 72 64 65 72 73 06 70 72 69 63 65 73".replace(" ", "")));
        assertThat("END", hex(CoordinatorLogLayout.end(FIRST)), is("02 00 00 00 00 01 00 00 00".replace(" ", "")));
        assertThat(
                "a COMMIT that was read",
                CoordinatorLogLayout.decode(home, CoordinatorLogLayout.commit(FIRST, BOTH)),
                is(new CoordinatorLogLayout.Decision(FIRST, BOTH)));
    }

    @Test
    @DisplayName(
            "a record of another kind, a COMMIT without participants and a record with a byte too many or too few are errors")
    void notARecord() {
        Slice end = CoordinatorLogLayout.end(FIRST);
        for (Slice wrong : new Slice[] {
            Slice.EMPTY,
            Slice.copyOf((byte) 3, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0),
            CoordinatorLogLayout.commit(FIRST, Set.of()),
            end.subSlice(0, end.length() - 1),
            Slice.wrap(Arrays.copyOf(end.toByteArray(), end.length() + 1))
        }) {
            assertThrows(CorruptionException.class, () -> CoordinatorLogLayout.decode(home, wrong), wrong.toString());
        }
    }

    private static String hex(Slice bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes.toByteArray());
    }
}
