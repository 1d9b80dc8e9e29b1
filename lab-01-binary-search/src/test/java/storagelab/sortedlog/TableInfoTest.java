package storagelab.sortedlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

class TableInfoTest {
    private final TableInfo table = new TableInfo(1, 2, 100, Slice.utf8("d"), Slice.utf8("m"));

    @ParameterizedTest(name = "[{0}, {1}): {2}")
    @DisplayName("a table from d to m meets the ranges that have a key from d to m, both included")
    @CsvSource({"a,d,false", "a,da,true", "d,e,true", "f,g,true", "m,n,true", "ma,z,false", "n,z,false", "a,z,true"})
    void meets(String from, String to, boolean expected) {
        assertEquals(expected, table.meets(KeyRange.of(Slice.utf8(from), Slice.utf8(to))));
    }

    @ParameterizedTest(name = "from {0} on: {1}")
    @DisplayName("a range without an upper end meets a table whose largest key is not below it")
    @CsvSource({"a,true", "m,true", "n,false"})
    void meetsWithoutUpperEnd(String from, boolean expected) {
        assertEquals(expected, table.meets(KeyRange.from(Slice.utf8(from))));
    }
}
