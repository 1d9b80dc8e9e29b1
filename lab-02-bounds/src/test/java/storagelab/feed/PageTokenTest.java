package storagelab.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.feed.FeedSamples.refuses;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.feed.PageTokenException.Reason;

/** Exercise 2.9, the half that is bytes: what a token is, and which ones are refused. */
@Tag("2.9")
class PageTokenTest {
    private static final FeedFilter WEEK = new FeedFilter(12_345, 1_699_999_000_000L, Long.MAX_VALUE);
    private static final PageToken TOKEN = new PageToken(WEEK, 1_700_000_000_000L, 7);

    private final TokenKeys keys = TokenKeys.of(5, FeedSamples.countingSecret(0));

    @Test
    @DisplayName("a token has the bytes of the page of the format")
    void golden() {
        String text = TOKEN.encode(keys);
        assertThat("the token of the example", text, is(FeedSamples.PAGE_TOKEN_TEXT));
        assertThat(
                "its bytes",
                FeedSamples.hex(Base64.getUrlDecoder().decode(text)),
                is(FeedSamples.PAGE_TOKEN.replaceAll("\\s+", " ").trim()));
    }

    @Test
    @DisplayName("what was encoded is decoded, also with the secrets of older epochs that are still held")
    void roundTrip() {
        String text = TOKEN.encode(keys);
        assertThat("with the same secret", PageToken.decode(text, keys), is(TOKEN));
        TokenKeys rotated = keys.rotate(FeedSamples.countingSecret(1), 2);
        assertThat("one epoch later, the old secret held", PageToken.decode(text, rotated), is(TOKEN));
        assertThat("signed in the new epoch", PageToken.decode(TOKEN.encode(rotated), rotated), is(TOKEN));
    }

    @Test
    @DisplayName("a token whose secret was retired is stale, one of an epoch to come is forged")
    void epochs() {
        String text = TOKEN.encode(keys);
        TokenKeys rotated = keys.rotate(FeedSamples.countingSecret(1), 1);
        assertThat("two epochs on", () -> PageToken.decode(text, rotated), refuses(Reason.STALE));
        String ahead = TOKEN.encode(rotated);
        assertThat("an epoch too early", () -> PageToken.decode(ahead, keys), refuses(Reason.FORGED));
    }

    @Test
    @DisplayName("another secret, another version, another byte anywhere: refused")
    void tampered() {
        byte[] genuine = Base64.getUrlDecoder().decode(TOKEN.encode(keys));
        TokenKeys others = TokenKeys.of(5, FeedSamples.countingSecret(9));
        assertThat("another secret", () -> PageToken.decode(TOKEN.encode(others), keys), refuses(Reason.FORGED));
        for (int at = PageTokenLayout.USER_OFFSET; at < PageTokenLayout.BYTES; at++) {
            byte[] changed = genuine.clone();
            changed[at] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat("one bit of byte " + at, () -> PageToken.decode(text, keys), refuses(Reason.FORGED));
        }
        String version2 = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.wrap(genuine.clone()).put(0, (byte) 2).array());
        assertThat("version 2", () -> PageToken.decode(version2, keys), refuses(Reason.UNKNOWN_VERSION));
    }

    @Test
    @DisplayName("text that is cut short, or is no Base64, is malformed")
    void malformed() {
        String text = TOKEN.encode(keys);
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThat(length + " characters", () -> PageToken.decode(cut, keys), refuses(Reason.MALFORMED));
        }
        for (String wrong : new String[] {text + "A", text + "====", text.replace('A', '+'), text.replace('A', ' ')}) {
            assertThat(wrong, () -> PageToken.decode(wrong, keys), refuses(Reason.MALFORMED));
        }
    }
}
