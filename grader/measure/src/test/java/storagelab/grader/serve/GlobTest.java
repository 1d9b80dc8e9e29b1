package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "a*c, abbc, true",
        "a*c, abb, false",
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h[ae]llo, hallo, true",
        "h[ae]llo, hillo, false",
        "h[^e]llo, hallo, true",
        "h[^e]llo, hello, false",
        "h[a-c]llo, hbllo, true",
        "h[c-a]llo, hbllo, true",
        "h[a-c]llo, hdllo, false",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "[\\]]x, ]x, true",
        "a[b, ab, true",
        "a[b, ac, false",
        "*a*b*c, xaybzc, true",
        "**, abc, true",
        "a\\, a\\, true"
    })
    @DisplayName("Patterns match as in Redis")
    void matching(String pattern, String key, boolean matches) {
        assertThat(new Glob(Slice.utf8(pattern)).matches(Slice.utf8(key)), is(matches));
    }

    @Test
    @DisplayName(
            "Random patterns match what the regular expression matches that says the same, and all matches are in the range")
    void likeRegularExpressions() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = random(random, "ab*?", 7);
            String key = random(random, "ab", 7);
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace("?", "."), key);
            Glob glob = new Glob(Slice.utf8(pattern));
            String what = pattern + " and " + key + ", -Dseed=" + seed;
            assertThat(what, glob.matches(Slice.utf8(key)), is(expected));
            if (expected) {
                assertThat(what, glob.range().contains(Slice.utf8(key)), is(true));
            }
        }
    }

    private static String random(Random random, String letters, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(lengthMax); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    @DisplayName("A pattern of many stars ends, and one that is too long is refused")
    void stars() {
        Glob glob = new Glob(Slice.utf8("a*".repeat(2_000) + "b"));
        assertThat(glob.matches(Slice.utf8("a".repeat(10_000))), is(false));
        assertThrows(CommandException.class, () -> new Glob(Slice.utf8("a".repeat(4_097))));
    }
}
