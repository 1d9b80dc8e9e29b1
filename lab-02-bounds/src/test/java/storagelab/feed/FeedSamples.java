package storagelab.feed;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.feed.PageTokenException.Reason;

/** Examples and matchers for tests of feeds. */
public final class FeedSamples {
    /** Post 7 of user 12345 at 1,700,000,000,000 ms: see {@code page-token.md}. */
    public static final String POST_KEY = """
            00 00 00 00 00 00 30 39
            7f ff fe 74 30 1a 97 ff
            7f ff ff ff ff ff ff f8
            """;

    /** The token of the page of the format in hexadecimal: see {@code page-token.md}. */
    public static final String PAGE_TOKEN = """
            01
            00 05
            00 00 00 00 00 00 30 39
            00 00 01 8b cf d6 25 c0
            7f ff ff ff ff ff ff ff
            00 00 01 8b cf e5 68 00
            00 00 00 00 00 00 00 07
            70 ac fb d0 47 61 43 f8 cd cf be c3 10 26 d0 7b
            0a 8e 67 d9 ee d9 d4 90 07 37 76 71 dc 32 87 7e
            """;

    /** The same token as it is sent to a client. */
    public static final String PAGE_TOKEN_TEXT =
            "AQAFAAAAAAAAMDkAAAGLz9YlwH__________AAABi8_laAAAAAAAAAAAB3Cs-9BHYUP4zc--wxAm0HsKjmfZ7tnUkAc3dnHcMod-";

    private FeedSamples() {}

    /** A secret of 32 bytes: {@code first}, and each byte one more than the one before. */
    public static Slice countingSecret(int first) {
        byte[] secret = new byte[TokenKeys.SECRET_BYTES_MIN];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (first + i);
        }
        return Slice.wrap(secret);
    }

    /** Bytes as two digits each, with spaces between. */
    public static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** The texts of posts, for short messages. */
    public static List<String> texts(List<Post> posts) {
        return posts.stream().map(Post::text).toList();
    }

    /** A call that throws a {@link PageTokenException} for {@code reason}. */
    public static Matcher<Callable<?>> refuses(Reason reason) {
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(Callable<?> call, Description mismatch) {
                Object result;
                try {
                    result = call.call();
                } catch (PageTokenException e) {
                    mismatch.appendText("it was refused as " + e.reason());
                    return e.reason() == reason;
                } catch (ExerciseNotDone e) {
                    throw e;
                } catch (Exception e) {
                    mismatch.appendText("it threw " + e);
                    return false;
                }
                mismatch.appendText("it returned " + result + " as if nothing were wrong");
                return false;
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("a PageTokenException with reason " + reason);
            }
        };
    }
}
