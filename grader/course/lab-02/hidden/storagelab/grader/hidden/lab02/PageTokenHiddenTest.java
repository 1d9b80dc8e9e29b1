package storagelab.grader.hidden.lab02;

import static storagelab.grader.hidden.lab02.TokenChecks.bytes;
import static storagelab.grader.hidden.lab02.TokenChecks.refused;
import static storagelab.grader.hidden.lab02.TokenChecks.signed;
import static storagelab.grader.hidden.lab02.TokenChecks.taken;
import static storagelab.grader.hidden.lab02.TokenChecks.text;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.feed.FeedFilter;
import storagelab.feed.PageToken;
import storagelab.feed.PageTokenException.Reason;
import storagelab.feed.PageTokenLayout;
import storagelab.feed.TokenKeys;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 2.9: the bytes of a page token, and every way in which one is refused. */
@Tag("2.9")
class PageTokenHiddenTest {
    private static final int THREADS = 4;
    private static final int TOKENS_PER_THREAD = 2_000;
    private static final PageToken TOKEN = new PageToken(new FeedFilter(77, 5_000, 9_000), 6_000, 3);

    private final TokenKeys keys = TokenKeys.of(5, FeedModel.secret(1));

    private static PageToken random(Random random) {
        long since = random.nextLong() >>> 2;
        long until = since + 1 + (random.nextLong() >>> 2);
        long timestamp = since + Math.floorMod(random.nextLong(), until - since);
        return new PageToken(new FeedFilter(random.nextLong() >>> 1, since, until), timestamp, random.nextLong() >>> 1);
    }

    @Test
    @DisplayName("each field is where the layout says, the highest byte first, and the signature is over all of them")
    void fields() {
        Seeds.check(50, random -> {
            PageToken token = random(random);
            TokenKeys ring = TokenKeys.of(random.nextInt(TokenKeys.EPOCH_MAX + 1), FeedModel.secret(random.nextInt()));
            Step.at("encode of " + token);
            byte[] encoded = bytes(token.encode(ring));
            ByteBuffer expected = ByteBuffer.allocate(PageTokenLayout.BYTES)
                    .put(PageTokenLayout.VERSION_OFFSET, (byte) PageTokenLayout.VERSION)
                    .putShort(PageTokenLayout.EPOCH_OFFSET, (short) ring.newestEpoch())
                    .putLong(PageTokenLayout.USER_OFFSET, token.filter().userId())
                    .putLong(PageTokenLayout.SINCE_OFFSET, token.filter().sinceMillis())
                    .putLong(PageTokenLayout.UNTIL_OFFSET, token.filter().untilMillis())
                    .putLong(PageTokenLayout.TIMESTAMP_OFFSET, token.timestampMillis())
                    .putLong(PageTokenLayout.POST_ID_OFFSET, token.postId());
            byte[] wanted = signed(expected.array(), ring, ring.newestEpoch());
            int difference = Arrays.mismatch(wanted, encoded);
            if (difference >= 0) {
                throw new AssertionError(token + " in epoch " + ring.newestEpoch() + ": byte " + difference + ", "
                        + fieldAt(difference) + ", is wrong; expected "
                        + HexFormat.of().formatHex(wanted)
                        + ", found " + HexFormat.of().formatHex(encoded));
            }
        });
    }

    private static String fieldAt(int offset) {
        if (offset < PageTokenLayout.EPOCH_OFFSET) {
            return "the version";
        }
        if (offset < PageTokenLayout.USER_OFFSET) {
            return "in the epoch";
        }
        if (offset < PageTokenLayout.TIMESTAMP_OFFSET) {
            return "in the filter";
        }
        return offset < PageTokenLayout.SIGNATURE_OFFSET ? "in the position" : "in the signature";
    }

    @Test
    @DisplayName("what is encoded is decoded, in every epoch from 0 to 65535")
    void roundTrip() {
        Seeds.check(50, random -> {
            PageToken token = random(random);
            for (int epoch : new int[] {0, 1, 255, 256, 32_767, 32_768, 65_535}) {
                TokenKeys ring = TokenKeys.of(epoch, FeedModel.secret(epoch));
                PageToken decoded =
                        taken(() -> PageToken.decode(token.encode(ring), ring), token + " in epoch " + epoch);
                if (!token.equals(decoded)) {
                    throw new AssertionError(token + " in epoch " + epoch + " came back as " + decoded);
                }
            }
        });
    }

    @Test
    @DisplayName("a token with one bit changed, whichever it is, is refused")
    void everyBit() {
        Step.at("encode of " + TOKEN + " in epoch 5");
        byte[] genuine = bytes(TOKEN.encode(keys));
        for (int bit = 0; bit < 8 * PageTokenLayout.BYTES; bit++) {
            byte[] changed = genuine.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            int epoch = Short.toUnsignedInt(ByteBuffer.wrap(changed).getShort(PageTokenLayout.EPOCH_OFFSET));
            Reason reason = Reason.FORGED;
            if (changed[0] != PageTokenLayout.VERSION) {
                reason = Reason.UNKNOWN_VERSION;
            } else if (epoch < keys.oldestEpoch()) {
                reason = Reason.STALE;
            }
            refused(
                    reason,
                    () -> PageToken.decode(text(changed), keys),
                    "a token with bit " + bit % 8 + " of byte " + bit / 8 + " (" + fieldAt(bit / 8) + ") changed");
        }
    }

    @Test
    @DisplayName("nothing is believed before the signature was compared: impossible numbers are forged, too")
    void signatureFirst() {
        Step.at("encode of " + TOKEN + " in epoch 5");
        byte[] genuine = bytes(TOKEN.encode(keys));
        int[] offsets = {
            PageTokenLayout.USER_OFFSET,
            PageTokenLayout.SINCE_OFFSET,
            PageTokenLayout.UNTIL_OFFSET,
            PageTokenLayout.TIMESTAMP_OFFSET,
            PageTokenLayout.POST_ID_OFFSET
        };
        for (int offset : offsets) {
            for (long value : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
                byte[] changed = genuine.clone();
                ByteBuffer.wrap(changed).putLong(offset, value);
                refused(
                        Reason.FORGED,
                        () -> PageToken.decode(text(changed), keys),
                        "a token with " + value + " in the eight bytes from " + offset + " on");
            }
        }
    }

    @Test
    @DisplayName("whatever text comes in, it is refused with a PageTokenException and nothing else")
    void anyText() {
        Step.at("encode of " + TOKEN + " in epoch 5");
        String genuine = TOKEN.encode(keys);
        String front = genuine.substring(0, 99);
        String[] wrong = {
            "",
            "=",
            "A",
            genuine + genuine,
            genuine + "A",
            genuine + "=",
            genuine + "====",
            genuine + "\n",
            " " + genuine,
            front,
            front + "=",
            front + "+",
            front + "/",
            front + "\n",
            front + "\0",
            front + "é",
            front + "\uffff",
            genuine.substring(0, 98) + "==",
            genuine.substring(0, 96) + "====",
            "=".repeat(100),
            "é".repeat(100),
            genuine.substring(0, 50) + "\r\n" + genuine.substring(52)
        };
        for (String token : wrong) {
            refused(Reason.MALFORMED, () -> PageToken.decode(token, keys), "the text '" + token + "'");
        }
        refused(
                Reason.UNKNOWN_VERSION,
                () -> PageToken.decode("-_".repeat(50), keys),
                "100 characters that begin with another version");
    }

    @Test
    @DisplayName("a version that is not known is refused even if the signature is right")
    void unknownVersion() {
        for (int version = 0; version < 256; version++) {
            if (version == PageTokenLayout.VERSION) {
                continue;
            }
            byte[] other = bytes(TOKEN.encode(keys));
            other[PageTokenLayout.VERSION_OFFSET] = (byte) version;
            refused(
                    Reason.UNKNOWN_VERSION,
                    () -> PageToken.decode(text(signed(other, keys, 5)), keys),
                    "a signed token of version " + version);
        }
    }

    @Test
    @DisplayName("a token is signed with the newest secret and checked with that of the epoch it names")
    void secretOfItsEpoch() {
        TokenKeys ring = keys.rotate(FeedModel.secret(2), 2);
        byte[] token = bytes(TOKEN.encode(ring));
        int epoch = ByteBuffer.wrap(token).getShort(PageTokenLayout.EPOCH_OFFSET);
        if (epoch != 6) {
            throw new AssertionError("a token made by a ring of epochs 5 and 6 says epoch " + epoch);
        }
        byte[] crossed = signed(token.clone(), ring, 5);
        refused(
                Reason.FORGED,
                () -> PageToken.decode(text(crossed), ring),
                "a token of epoch 6 that is signed with the secret of epoch 5");
        TokenKeys sameSecret = keys.rotate(FeedModel.secret(1), 2);
        byte[] moved = bytes(TOKEN.encode(keys));
        ByteBuffer.wrap(moved).putShort(PageTokenLayout.EPOCH_OFFSET, (short) 6);
        refused(
                Reason.FORGED,
                () -> PageToken.decode(text(moved), sameSecret),
                "a token of epoch 5 whose epoch was changed to 6, both of the same secret");
    }

    @Test
    @DisplayName("many threads make and check tokens with the same keys at once")
    void threads() throws InterruptedException {
        String[] expected = new String[TOKENS_PER_THREAD];
        for (int i = 0; i < TOKENS_PER_THREAD; i++) {
            expected[i] = numbered(i).encode(keys);
        }
        try (Crew crew = new Crew()) {
            crew.start(THREADS, "reader", () -> {
                for (int i = 0; i < TOKENS_PER_THREAD && !crew.hasFailed(); i++) {
                    String token = numbered(i).encode(keys);
                    if (!token.equals(expected[i])) {
                        throw new AssertionError("a token was encoded differently while other threads encoded theirs");
                    }
                    PageToken.decode(token, keys);
                }
            });
            crew.join();
        }
    }

    private static PageToken numbered(int number) {
        return new PageToken(new FeedFilter(77, 5_000, 9_000), 6_000, number);
    }
}
