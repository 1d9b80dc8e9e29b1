package storagelab.testkit;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeDiagnosingMatcher;
import storagelab.api.CorruptionException;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;

/** Matchers for stores and for what they throw. Bytes are shown as text where they are text, shortened where long. */
public final class StoreMatchers {
    private static final int SHOWN_BYTES_MAX = 60;

    private StoreMatchers() {}

    /** A store that returns {@code value} for {@code key}. */
    public static Matcher<KeyValueStore> holds(Slice key, Slice value) {
        return reads(key, Optional.of(value));
    }

    /** A store that returns {@code value} for {@code key}, both as UTF-8. */
    public static Matcher<KeyValueStore> holds(String key, String value) {
        return holds(Slice.utf8(key), Slice.utf8(value));
    }

    /** A store that returns nothing for {@code key}. */
    public static Matcher<KeyValueStore> hasNothingUnder(Slice key) {
        return reads(key, Optional.empty());
    }

    /** A store that returns nothing for {@code key} as UTF-8. */
    public static Matcher<KeyValueStore> hasNothingUnder(String key) {
        return hasNothingUnder(Slice.utf8(key));
    }

    /** A number that is {@code limit} or less; {@code advice} says what a larger one is likely to come from. */
    public static Matcher<Long> atMost(long limit, String what, String advice) {
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(Long actual, Description mismatch) {
                mismatch.appendText(actual + " " + what + ": " + advice);
                return actual <= limit;
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("at most " + limit + " " + what);
            }
        };
    }

    /** A call that throws a {@link CorruptionException} that names {@code fileName}. */
    public static Matcher<Callable<?>> findsDamageIn(String fileName) {
        return new FindsDamage(fileName, 0, Long.MAX_VALUE);
    }

    /** A call that throws a {@link CorruptionException} that names {@code fileName} and an offset in {@code [from, to]}. */
    public static Matcher<Callable<?>> findsDamageIn(String fileName, long from, long to) {
        return new FindsDamage(fileName, from, to);
    }

    /** A slice for a message, cut when it is long. */
    public static String show(Slice slice) {
        return slice.length() <= SHOWN_BYTES_MAX
                ? TraceText.print(slice)
                : TraceText.print(slice.subSlice(0, SHOWN_BYTES_MAX)) + "… (" + slice.length() + " bytes)";
    }

    /** What a store returned, for a message. */
    public static String show(Optional<Slice> value) {
        return value.map(StoreMatchers::show).orElse("nothing");
    }

    private static Matcher<KeyValueStore> reads(Slice key, Optional<Slice> expected) {
        return new TypeSafeDiagnosingMatcher<>() {
            @Override
            protected boolean matchesSafely(KeyValueStore store, Description mismatch) {
                Optional<Slice> seen = store.get(key);
                mismatch.appendText("get returned " + show(seen));
                return expected.equals(seen);
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("a store that returns " + show(expected) + " for key " + show(key));
            }
        };
    }

    private static final class FindsDamage extends TypeSafeDiagnosingMatcher<Callable<?>> {
        private final String fileName;
        private final long from;
        private final long to;

        FindsDamage(String fileName, long from, long to) {
            this.fileName = fileName;
            this.from = from;
            this.to = to;
        }

        @Override
        protected boolean matchesSafely(Callable<?> call, Description mismatch) {
            Object result;
            try {
                result = call.call();
            } catch (CorruptionException e) {
                mismatch.appendText("it said: " + e.getMessage());
                return e.file().endsWith(fileName) && e.offset() >= from && e.offset() <= to;
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
            description.appendText("a CorruptionException that names " + fileName);
            if (to < Long.MAX_VALUE) {
                description.appendText(" and an offset from " + from + " to " + to);
            }
        }
    }
}
