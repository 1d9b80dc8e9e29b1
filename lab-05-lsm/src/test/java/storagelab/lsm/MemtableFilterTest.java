package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;

class MemtableFilterTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1_000, 50_000})
    @DisplayName("a key that was added passes; of the others, few do")
    void rate(int keys) {
        MemtableFilter filter = new MemtableFilter(160L * keys);
        for (int i = 0; i < keys; i++) {
            filter.add(key(2 * i));
        }
        int passed = 0;
        for (int i = 0; i < keys; i++) {
            assertTrue(filter.mayContain(key(2 * i)), "key " + 2 * i + " of " + keys);
            passed += filter.mayContain(key(2 * i + 1)) ? 1 : 0;
        }
        assertTrue(passed <= 2 + keys / 20, passed + " of " + keys + " keys that were not added have passed");
    }

    private static Slice key(int number) {
        return Slice.utf8("user%06d".formatted(number).substring(0, 4 + number % 7) + number);
    }
}
