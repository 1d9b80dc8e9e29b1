package storagelab.feed;

import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import storagelab.api.Slice;

/**
 * The secrets that page tokens are signed with: a ring of the newest few, each with the number of its epoch.
 *
 * <p>The newest signs. The others are held so that tokens that are out there go on working; a token of an epoch before
 * the {@link #oldestEpoch} is <em>stale</em>. An operator begins an epoch with {@link #rotate} when a secret is to be
 * exchanged, and one that accepts no older epoch ({@code rotate(secret, 1)}) when a secret has leaked, or when the order
 * of the feed has changed and a position in the old order means nothing any more.
 *
 * <p>Example: {@code TokenKeys.of(4, a).rotate(b, 2)} signs with b in epoch 5 and accepts epochs 4 and 5; after another
 * {@code rotate(c, 2)} tokens of epoch 4 are stale.
 *
 * <p>Concurrency: immutable.
 */
public final class TokenKeys {
    /** The smallest secret: as long as the hash that is made with it. */
    public static final int SECRET_BYTES_MIN = 32;
    /** The largest epoch. */
    public static final int EPOCH_MAX = 0xffff;

    private static final String ALGORITHM = "HmacSHA256";

    private final int newestEpoch;
    private final List<SecretKey> newestFirst;

    private TokenKeys(int newestEpoch, List<SecretKey> newestFirst) {
        this.newestEpoch = newestEpoch;
        this.newestFirst = List.copyOf(newestFirst);
    }

    /**
     * A ring of one secret.
     *
     * @throws IllegalArgumentException if {@code epoch} is not in [0, 65535] or {@code secret} shorter than 32 bytes
     */
    public static TokenKeys of(int epoch, Slice secret) {
        if (epoch < 0 || epoch > EPOCH_MAX) {
            throw new IllegalArgumentException("epoch " + epoch + " is not in [0, " + EPOCH_MAX + "]");
        }
        return new TokenKeys(epoch, List.of(keyOf(secret)));
    }

    /**
     * A ring that signs with {@code secret} in the next epoch and accepts at most {@code accepted} epochs, the new one
     * included.
     *
     * @throws IllegalArgumentException if {@code accepted} is less than 1 or {@code secret} shorter than 32 bytes
     * @throws IllegalStateException if there is no next epoch
     */
    public TokenKeys rotate(Slice secret, int accepted) {
        if (accepted < 1) {
            throw new IllegalArgumentException(accepted + " epochs to accept, and the new one must be");
        }
        if (newestEpoch == EPOCH_MAX) {
            throw new IllegalStateException("epoch " + EPOCH_MAX + " is the last");
        }
        List<SecretKey> keys = new ArrayList<>();
        keys.add(keyOf(secret));
        keys.addAll(newestFirst.subList(0, Math.min(newestFirst.size(), accepted - 1)));
        return new TokenKeys(newestEpoch + 1, keys);
    }

    /** The epoch whose secret signs. */
    public int newestEpoch() {
        return newestEpoch;
    }

    /** The oldest epoch whose tokens are accepted. */
    public int oldestEpoch() {
        return newestEpoch - newestFirst.size() + 1;
    }

    /**
     * The secret of {@code epoch}, ready for a {@link javax.crypto.Mac} called {@code "HmacSHA256"}.
     *
     * @throws IllegalArgumentException if {@code epoch} is not from {@link #oldestEpoch} to {@link #newestEpoch}
     */
    public SecretKey key(int epoch) {
        if (epoch < oldestEpoch() || epoch > newestEpoch) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + " is not in [" + oldestEpoch() + ", " + newestEpoch + "]");
        }
        return newestFirst.get(newestEpoch - epoch);
    }

    private static SecretKey keyOf(Slice secret) {
        if (secret.length() < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "a secret of " + secret.length() + " bytes, and " + SECRET_BYTES_MIN + " is the least");
        }
        return new SecretKeySpec(secret.toByteArray(), ALGORITHM);
    }
}
