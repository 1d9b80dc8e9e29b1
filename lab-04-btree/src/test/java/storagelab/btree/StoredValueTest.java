package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a leaf has of a value. */
class StoredValueTest {
    @Test
    @DisplayName("the numbers in the words about stored values are right")
    void limits() {
        assertThat("a cell of 1,015 bytes fits", StoredValue.fitsLeaf(12, 993, 4096), is(true));
        assertThat("one of 1,016 does not", StoredValue.fitsLeaf(12, 994, 4096), is(false));
        assertThat("keyBytesMax(4096)", StoredValue.keyBytesMax(4096), is(996));
    }
}
