package storagelab.grader.run;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form of an event on the child's standard output, and the signature that keeps the submission from writing its own.
 *
 * <p>Format: {@code \u005cu0001G|seq|type|payload|tag} and a newline. {@code seq} counts from 0; {@code payload} is
 * Base64; {@code tag} is the Base64 of the HMAC-SHA256, under a key that only this child and its parent know, of
 * everything between the marker and the tag.
 */
final class EventSigner {
    static final String MARKER = "\u0001G|";
    static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    /** A signer without a key yet. Made before submission code loads, so that nobody can put another algorithm in. */
    EventSigner() {
        try {
            this.mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** Sets the key and wipes the array it came in. */
    void takeKey(byte[] key) {
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of " + key.length + " bytes was refused", e);
        }
        Arrays.fill(key, (byte) 0);
    }

    /** The event as a line, without the newline. */
    String line(long sequence, Event event) {
        String body = sequence + "|" + event.type() + "|" + Base64.getEncoder().encodeToString(event.payload());
        return MARKER + body + "|" + tag(body);
    }

    /** Whether the line, marker included, carries a tag made with the same key. */
    boolean isGenuine(String line) {
        int bar = line.lastIndexOf('|');
        if (!line.startsWith(MARKER) || bar < MARKER.length()) {
            return false;
        }
        byte[] expected = tag(line.substring(MARKER.length(), bar)).getBytes(StandardCharsets.US_ASCII);
        byte[] actual = line.substring(bar + 1).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, actual);
    }

    private String tag(String body) {
        byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().withoutPadding().encodeToString(signature);
    }
}
