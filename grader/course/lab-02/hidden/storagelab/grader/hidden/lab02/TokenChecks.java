package storagelab.grader.hidden.lab02;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.crypto.Mac;
import storagelab.course.ExerciseNotDone;
import storagelab.feed.PageTokenException;
import storagelab.feed.PageTokenException.Reason;
import storagelab.feed.PageTokenLayout;
import storagelab.feed.TokenKeys;

/** Page tokens made by hand, and the check that one is refused for the right reason. */
final class TokenChecks {
    private TokenChecks() {}

    /** Bytes as the text of a token. */
    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of a token, which must be 75. */
    static byte[] bytes(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new AssertionError("the token " + token + " is not URL-safe Base64: " + e.getMessage(), e);
        }
        if (bytes.length != PageTokenLayout.BYTES || token.length() != PageTokenLayout.TEXT_LENGTH) {
            throw new AssertionError("the token " + token + " has " + token.length() + " characters for " + bytes.length
                    + " bytes, and should have 100 for 75");
        }
        return bytes;
    }

    /** Overwrites the signature of {@code token} by the right one of {@code epoch}. */
    static byte[] signed(byte[] token, TokenKeys keys, int epoch) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.key(epoch));
            mac.update(token, 0, PageTokenLayout.SIGNATURE_OFFSET);
            byte[] signature = mac.doFinal();
            System.arraycopy(signature, 0, token, PageTokenLayout.SIGNATURE_OFFSET, signature.length);
            return token;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA-256", e);
        }
    }

    /** Fails unless {@code call}, made with {@code what}, throws a {@link PageTokenException} for {@code reason}. */
    static void refused(Reason reason, Callable<?> call, String what) {
        Reason found = reasonOf(call, what, reason);
        if (found != reason) {
            throw new AssertionError(what + ": should be refused as " + reason + ", and was refused as " + found);
        }
    }

    /** What {@code call} returns; fails if it refuses a token that it should take, which is {@code what}. */
    static <T> T taken(Supplier<T> call, String what) {
        try {
            return call.get();
        } catch (PageTokenException e) {
            throw new AssertionError(what + ": should be taken, and was refused as " + e.reason(), e);
        }
    }

    private static Reason reasonOf(Callable<?> call, String what, Reason expected) {
        Object result;
        try {
            result = call.call();
        } catch (PageTokenException e) {
            return e.reason();
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what + ": should be refused as " + expected + ", and threw " + e, e);
        }
        throw new AssertionError(what + ": should be refused as " + expected + ", and was taken for " + result);
    }
}
