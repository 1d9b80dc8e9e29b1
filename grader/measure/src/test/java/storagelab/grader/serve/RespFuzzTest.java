package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that no client would send, right and wrong ones mixed: {@code -Dframes=1000000} for the long run. */
class RespFuzzTest {
    private static final int FRAMES = Integer.getInteger("frames", 20_000);
    private static final int FRAMES_A_CONNECTION = 50;
    private static final int COMMANDS = 41; // of the words
    private static final String[] WORDS = {
        "GET",
        "SET",
        "SETNX",
        "GETDEL",
        "GETSET",
        "GETEX",
        "DEL",
        "EXISTS",
        "MGET",
        "MSET",
        "MSETNX",
        "INCR",
        "DECRBY",
        "APPEND",
        "STRLEN",
        "EXPIRE",
        "PEXPIREAT",
        "TTL",
        "PERSIST",
        "SCAN",
        "KEYS",
        "KEYRANGE",
        "TYPE",
        "DBSIZE",
        "MULTI",
        "EXEC",
        "WATCH",
        "UNWATCH",
        "DISCARD",
        "PING",
        "ECHO",
        "INFO",
        "HELLO",
        "AUTH",
        "CLIENT",
        "COMMAND",
        "CONFIG",
        "SELECT",
        "RESET",
        "FLUSHALL",
        "NX",
        "XX",
        "EX",
        "PX",
        "KEEPTTL",
        "COUNT",
        "MATCH",
        "LIMIT",
        "REV",
        "WITHVALUES",
        "ID",
        "LIST",
        "DOCS",
        "QUIT",
        "*",
        "[a",
        "(b",
        "-",
        "+",
        "0",
        "1",
        "-1",
        "3",
        "9223372036854775807",
        "a",
        "b",
        "c",
        "",
        "\0",
        "a*[b-",
        "\u00ff\u00fe"
    };

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "Whatever is sent, the server answers in the protocol or closes the connection, goes on, and holds nothing back")
    void fuzz() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int answers = 0;
        int refusals = 0;
        try (ServedStore served =
                        new ServedStore(directory, ServeOptions.defaults().withDurability(ServeDurability.NONE));
                RespClient witness = served.connect()) {
            witness.call("SET", "witness", "stays");
            for (int frames = 0; frames < FRAMES; frames += FRAMES_A_CONNECTION) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (int i = 0; i < FRAMES_A_CONNECTION; i++) {
                    bytes.writeBytes(frame(random));
                }
                try (RespClient client = served.connect()) {
                    answers += exchange(client, bytes.toByteArray(), random);
                } catch (SocketException e) {
                    refusals++; // the rest of the frames was not read
                }
                if (frames % (FRAMES_A_CONNECTION * 20) == 0) {
                    assertThat("-Dseed=" + seed, witness.call("PING"), is("PONG"));
                }
            }
            assertThat("-Dseed=" + seed + " found mistakes", served.problems(), is(List.of()));
            String memory = String.valueOf(witness.call("INFO", "memory"));
            long waiting = Long.parseLong(memory.replaceAll("(?s).*waiting_bytes:(\\d+).*", "$1"));
            assertThat("-Dseed=" + seed, waiting, lessThan(100_000L));
        }
        assertThat(answers, greaterThan(FRAMES / 100));
        System.out.printf(
                "%,d frames: %,d replies, %,d connections closed by the server, -Dseed=%d%n",
                FRAMES, answers, refusals, seed);
    }

    /** Sends bytes in pieces and reads replies to the end; returns how many there were. */
    private static int exchange(RespClient client, byte[] bytes, Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4_000));
            byte[] piece = new byte[length];
            System.arraycopy(bytes, at, piece, 0, length);
            client.sendBytes(piece);
            at += length;
        }
        client.endInput();
        int replies = 0;
        while (true) {
            try {
                client.read(); // throws if it is not the protocol
            } catch (EOFException e) {
                if (String.valueOf(e.getMessage()).startsWith("the server has closed")) {
                    return replies;
                }
                throw e;
            }
            replies++;
        }
    }

    private static byte[] frame(Random random) {
        int kind = random.nextInt(1_000);
        if (kind < 750) {
            String[] words = new String[1 + random.nextInt(5)];
            for (int i = 0; i < words.length; i++) {
                words[i] = WORDS[i == 0 ? random.nextInt(COMMANDS) : random.nextInt(WORDS.length)];
            }
            byte[] bytes = RespClient.encode(words);
            if (kind < 5) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return bytes;
        }
        if (kind < 990) {
            StringBuilder line = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            return line.append("\r\n").toString().getBytes(ISO_8859_1);
        }
        if (kind < 995) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            return noise;
        }
        String[] heads = {
            "*", "$", "*-1\r\n", "*1\r\n$", "*3\r\n$99999999999\r\n", "*1048577\r\n", "\r\n", "\n", "*1\r\n$1\r\nab"
        };
        return heads[random.nextInt(heads.length)].getBytes(ISO_8859_1);
    }
}
