package storagelab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("4.4")
class MetaPageTest {
    @Test
    @DisplayName("an offset near 2^31 is after the end of the bytes: no record, and no exception")
    void offsetNearTheLargestInt() {
        byte[] record = MetaPage.empty(1024).encode();
        for (int offset : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - MetaPage.RECORD_BYTES + 1, -1}) {
            assertEquals(Optional.empty(), MetaPage.decode(record, offset), "decode at offset " + offset);
            assertEquals(OptionalInt.empty(), MetaPage.formatVersion(record, offset), "formatVersion at " + offset);
        }
    }
}
