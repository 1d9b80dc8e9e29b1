package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.codec.Crc32c;
import storagelab.codec.FlippedBit;
import storagelab.testkit.Seeds;

class FlippedBitTest {
    @Test
    @DisplayName("any bit is found, of the bytes and of the checksum; two flipped bits are not mended")
    void everyBit() {
        Seeds.check(3, random -> {
            byte[] bytes = new byte[1 + random.nextInt(500)];
            random.nextBytes(bytes);
            int stored = Crc32c.mask(Crc32c.of(bytes));
            for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertArrayEquals(bytes, FlippedBit.mended(flipped, stored, Crc32c.of(flipped)), "bit " + bit);
                flipped[random.nextInt(bytes.length)] ^= (byte) 0x66;
                assertNull(FlippedBit.mended(flipped, stored, Crc32c.of(flipped)), "more bits than bit " + bit);
            }
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                byte[] mended = FlippedBit.mended(bytes, stored ^ 1 << bit, Crc32c.of(bytes));
                assertArrayEquals(bytes, mended, "bit " + bit + " of the checksum");
            }
        });
    }
}
