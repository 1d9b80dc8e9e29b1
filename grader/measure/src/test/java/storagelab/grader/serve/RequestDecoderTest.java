package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;

class RequestDecoderTest {
    private static final ServeLimits LIMITS = ServeLimits.defaults().withRequest(1_000, 100);

    private final byte[] scratch = new byte[1 << 16];

    private List<List<String>> decode(RequestDecoder decoder, byte[] bytes, int... pieceLengths) {
        List<List<String>> requests = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(bytes.length - at, pieceLengths.length == 0 ? bytes.length : pieceLengths[i]);
            decoder.feed(Unpooled.wrappedBuffer(bytes, at, length), scratch);
            at += length;
            for (Request request = decoder.next(); request != null; request = decoder.next()) {
                requests.add(
                        Arrays.stream(request.arguments()).map(Slice::toUtf8).toList());
            }
            decoder.release();
            Arrays.fill(scratch, (byte) 0); // nothing may be left in it
        }
        return requests;
    }

    private List<List<String>> decode(String text) {
        return decode(
                new RequestDecoder(LIMITS, true),
                text.replace("|", "\r\n").replace("~", "\n").getBytes(ISO_8859_1));
    }

    @Test
    @DisplayName("Arrays of bulk strings, inline commands, and empty ones, which are passed over")
    void requests() {
        assertThat(
                decode("*2|$3|GET|$1|a|*0|*-1|PING||  SET  a \"x \\x41\\n\" 'it\\'s'|*1|$0||"),
                is(List.of(List.of("GET", "a"), List.of("PING"), List.of("SET", "a", "x A\n", "it's"), List.of(""))));
    }

    @Test
    @DisplayName("However the bytes are cut into pieces, the requests are the same, and no memory is held between them")
    void pieces() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            List<List<String>> expected = new ArrayList<>();
            for (int i = random.nextInt(10); i >= 0; i--) {
                List<String> request = new ArrayList<>();
                text.append('*').append(1 + random.nextInt(5)).append("\r\n");
                int count = text.charAt(text.length() - 3) - '0';
                for (int k = 0; k < count; k++) {
                    String argument = "\r\n$*x".repeat(random.nextInt(6)).substring(random.nextInt(1));
                    request.add(argument);
                    text.append('$')
                            .append(argument.length())
                            .append("\r\n")
                            .append(argument)
                            .append("\r\n");
                }
                expected.add(request);
            }
            byte[] bytes = text.toString().getBytes(ISO_8859_1);
            int[] lengths =
                    random.ints(bytes.length + 1, 1, 1 + random.nextInt(40) + 1).toArray();
            RequestDecoder decoder = new RequestDecoder(LIMITS, true);
            assertThat("-Dseed=" + seed, decode(decoder, bytes, lengths), is(expected));
            assertThat("-Dseed=" + seed, decoder.memoryBytes(), is(0L));
            assertThat(decoder.hasPart(), is(false));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "*x|; invalid multibulk length",
                "*101|; invalid multibulk length",
                "*99999999999999999999|; invalid multibulk length",
                "*2~; invalid multibulk length",
                "*1|+OK|; expected '$', got '+'",
                "*1|\u0001OK|; expected '$', got '\\x01'",
                "*1|$-1|; invalid bulk length",
                "*1|$1001|; invalid bulk length",
                "*2|$600|; ",
                "*1|$x|; invalid bulk length",
                "*1|$3|abcd|; expected the end of a bulk string after 3 bytes",
                "SET a \"b|; unbalanced quotes in request",
                "SET a 'b'c|; unbalanced quotes in request",
                "*11111111111111111111111111111111111111; too big mbulk count string",
                "*1|$1111111111111111111111111111111111; too big bulk count string"
            })
    @DisplayName("What is not the protocol, or too much, is refused")
    void refused(String text, String message) {
        if (message == null) {
            assertThat("not complete, and not wrong", decode(text), is(List.of()));
            return;
        }
        ProtocolException refusal = assertThrows(ProtocolException.class, () -> decode(text));
        assertThat(refusal.error(), is(message));
    }

    @Test
    @DisplayName("A line that does not end is refused when it is too long, and so are bulks that are too long together")
    void tooLong() {
        assertThat(
                assertThrows(ProtocolException.class, () -> decode("x".repeat(RequestDecoder.LINE_BYTES_MAX)))
                        .error(),
                is("too big inline request"));
        String bulk = "$600|" + "x".repeat(600) + "|";
        assertThat(
                assertThrows(ProtocolException.class, () -> decode("*2|" + bulk + bulk))
                        .error(),
                is("invalid bulk length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*11|", "*1|$16385|"})
    @DisplayName("Before the password only small requests are taken")
    void untrusted(String text) {
        RequestDecoder decoder = new RequestDecoder(ServeLimits.defaults(), false);
        byte[] bytes = text.replace("|", "\r\n").getBytes(ISO_8859_1);
        assertThrows(ProtocolException.class, () -> decode(decoder, bytes));
        RequestDecoder trusted = new RequestDecoder(ServeLimits.defaults(), false);
        trusted.trust();
        assertThat(decode(trusted, bytes), is(List.of()));
    }

    @Test
    @DisplayName("A length that is announced takes no memory before the bytes have come")
    void announced() {
        RequestDecoder decoder = new RequestDecoder(ServeLimits.defaults(), true);
        assertThat(decode(decoder, "*100000\r\n$16000000\r\nabc".getBytes(ISO_8859_1)), is(List.of()));
        assertThat(decoder.memoryBytes(), lessThan(1_000L));
        assertThat(decoder.hasPart(), is(true));
    }
}
