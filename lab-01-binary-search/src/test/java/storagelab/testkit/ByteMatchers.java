package storagelab.testkit;

import com.google.common.io.BaseEncoding;
import java.util.Arrays;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;
import storagelab.api.Slice;

/** Matchers for bytes on disk: they say at which offset two runs of bytes part, and show what stands there. */
public final class ByteMatchers {
    private static final int SHOWN_BYTES = 16;

    private ByteMatchers() {}

    /** Bytes equal to {@code expected}. */
    public static Matcher<byte[]> sameBytesAs(byte[] expected) {
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(byte[] actual, Description mismatch) {
                int offset = firstDifference(expected, actual);
                if (offset < 0) {
                    return true;
                }
                mismatch.appendText(actual.length + " bytes that differ from byte " + offset + " on: expected "
                        + show(expected, offset) + ", found " + show(actual, offset));
                return false;
            }

            @Override
            public void describeTo(Description description) {
                description.appendText(expected.length + " bytes " + show(expected, 0));
            }
        };
    }

    /** Bytes equal to {@code expected}. */
    public static Matcher<Slice> sameBytesAs(Slice expected) {
        Matcher<byte[]> bytes = sameBytesAs(expected.toByteArray());
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(Slice actual, Description mismatch) {
                byte[] actualBytes = actual.toByteArray();
                bytes.describeMismatch(actualBytes, mismatch);
                return bytes.matches(actualBytes);
            }

            @Override
            public void describeTo(Description description) {
                bytes.describeTo(description);
            }
        };
    }

    /** Up to 16 bytes from {@code offset} on, in hexadecimal, for a message. */
    public static String show(byte[] bytes, int offset) {
        if (offset >= bytes.length) {
            return "the end";
        }
        int count = Math.min(SHOWN_BYTES, bytes.length - offset);
        String hex = BaseEncoding.base16().lowerCase().withSeparator(" ", 2).encode(bytes, offset, count);
        return offset + count < bytes.length ? hex + " …" : hex;
    }

    private static int firstDifference(byte[] expected, byte[] actual) {
        return Arrays.mismatch(expected, actual);
    }
}
