package storagelab.workload;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;

class KeyHashTest {
    @Test
    @DisplayName("keys that differ in zeros at the end, in one bit, or in the seed have different hashes")
    void different() {
        Set<Long> hashes = new HashSet<>();
        int keys = 0;
        for (int length = 0; length < 20; length++) {
            byte[] bytes = new byte[length];
            hashes.add(KeyHash.of(Slice.copyOf(bytes), 1));
            hashes.add(KeyHash.of(Slice.copyOf(bytes), 2));
            keys += 2;
            for (int bit = 0; bit < 8 * length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                hashes.add(KeyHash.of(Slice.copyOf(bytes), 1));
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                keys++;
            }
        }
        assertThat(hashes.size(), is(keys));
    }

    @Test
    @DisplayName("the bytes of a key count, and not where they are in an array")
    void slices() {
        Slice part = Slice.utf8("xxproduct/12xx").subSlice(2, 12);
        assertThat(KeyHash.of(part, 7), is(KeyHash.of(Slice.utf8("product/12"), 7)));
    }

    @Test
    @DisplayName("keys that look alike are spread evenly, and by each number in another way")
    void even() {
        int cells = 64;
        int keys = 6_400;
        int[][] counts = new int[3][cells];
        int together = 0;
        for (int i = 0; i < keys; i++) {
            long hash = KeyHash.of(Slice.utf8("product/" + i), 1);
            int[] cell = new int[3];
            for (int number = 0; number < 3; number++) {
                cell[number] = (int) (KeyHash.derive(hash, number) & (cells - 1));
                counts[number][cell[number]]++;
            }
            together += cell[0] == cell[1] ? 1 : 0;
        }
        for (int[] row : counts) {
            for (int count : row) {
                assertThat("100 expected", count, greaterThan(50));
                assertThat("100 expected", count, lessThan(160));
            }
        }
        assertThat("in the same cell by two numbers", (double) together, closeTo(100, 50));
    }
}
