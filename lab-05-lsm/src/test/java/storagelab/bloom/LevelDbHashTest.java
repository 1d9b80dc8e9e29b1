package storagelab.bloom;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.io.BaseEncoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;

class LevelDbHashTest {
    private static final int SEED = 0xbc9f1d34;

    @Test
    @DisplayName("the hash is LevelDB's, for keys of no, one, two, three and four bytes, all of them negative")
    void hash() {
        assertThat("of nothing", hash(""), is(SEED));
        assertThat("of 62", hash("62"), is(0xef1345c4));
        assertThat("of c397", hash("c397"), is(0x5b663814));
        assertThat("of e299a5", hash("e299a5"), is(0x323c078f));
        assertThat("of e180b932", hash("e180b932"), is(0xed21633a));
        assertThat("of hello", LevelDbHash.of(Slice.utf8("hello")), is(0xf795964e));
        assertThat("the wide one of hello", LevelDbHash.wide(Slice.utf8("hello")), is(0xb1955e5740e341ebL));
    }

    private static int hash(String hex) {
        return LevelDbHash.of(Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex)), SEED);
    }
}
