package storagelab.grader.serve;

import com.google.common.hash.Hashing;
import java.security.MessageDigest;
import storagelab.api.Slice;

/** A password, of which only the SHA-256 hash is kept. Comparing takes a time that does not depend on the password. */
public final class Password {
    private final byte[] hash;

    private Password(byte[] hash) {
        this.hash = hash;
    }

    /**
     * The password {@code text}.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static Password of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty password");
        }
        return new Password(hash(Slice.utf8(text)));
    }

    boolean matches(Slice other) {
        return MessageDigest.isEqual(hash, hash(other));
    }

    private static byte[] hash(Slice text) {
        return Hashing.sha256().hashBytes(text.asByteBuffer()).asBytes();
    }
}
