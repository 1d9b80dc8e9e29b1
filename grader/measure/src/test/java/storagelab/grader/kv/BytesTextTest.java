package storagelab.grader.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Slice;

class BytesTextTest {
    @ParameterizedTest
    @EnumSource(value = BytesText.class, names = "RAW", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("what is printed is parsed to the same bytes, whatever they are, and has no control characters")
    void roundTrips(BytesText text) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            Slice any = random.nextBoolean()
                    ? Slice.wrap(bytes)
                    : Slice.utf8(Character.toString(random.nextInt(0xd800))
                            + Character.toString(0x10000 + random.nextInt(0x100000)));
            String printed = text.print(any);
            assertThat("seed " + seed + ": " + printed, text.parse(printed, "KEY"), is(any));
            assertThat("seed " + seed, printed.codePoints().noneMatch(Character::isISOControl), is(true));
        }
    }
}
