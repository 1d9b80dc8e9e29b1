package storagelab.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;

/** The ring of secrets, which is given. */
class TokenKeysTest {
    private static final Slice A = FeedSamples.countingSecret(1);
    private static final Slice B = FeedSamples.countingSecret(2);
    private static final Slice C = FeedSamples.countingSecret(3);

    @Test
    @DisplayName("a rotation begins an epoch and retires what is not accepted any more")
    void rotation() {
        TokenKeys first = TokenKeys.of(4, A);
        TokenKeys second = first.rotate(B, 2);
        assertThat(second.newestEpoch(), is(5));
        assertThat(second.oldestEpoch(), is(4));
        assertThat(second.key(4), is(first.key(4)));
        TokenKeys third = second.rotate(C, 2);
        assertThat(third.oldestEpoch(), is(5));
        assertThat(third.key(5), is(second.key(5)));
        assertThat(third.key(6).getEncoded(), is(C.toByteArray()));
        assertThrows(IllegalArgumentException.class, () -> third.key(4));
        assertThrows(IllegalArgumentException.class, () -> third.key(7));
        assertThat(third.rotate(A, 1).oldestEpoch(), is(7));
    }

    @Test
    @DisplayName("short secrets, impossible epochs and rotations are errors")
    void errors() {
        assertThrows(IllegalArgumentException.class, () -> TokenKeys.of(0, Slice.utf8("short")));
        assertThrows(IllegalArgumentException.class, () -> TokenKeys.of(-1, A));
        assertThrows(IllegalArgumentException.class, () -> TokenKeys.of(65_536, A));
        assertThrows(IllegalArgumentException.class, () -> TokenKeys.of(0, A).rotate(B, 0));
        assertThrows(IllegalStateException.class, () -> TokenKeys.of(65_535, A).rotate(B, 1));
    }
}
