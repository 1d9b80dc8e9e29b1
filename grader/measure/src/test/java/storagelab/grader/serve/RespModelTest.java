package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.recovery.EngineKind;

/** Random commands in pipelines of random lengths, against a sorted map. */
class RespModelTest {
    private static final int ROUNDS = 120;
    private static final int KEYS = 12;

    @TempDir
    private Path directory;

    private final NavigableMap<String, Entry> model = new TreeMap<>();
    private long nowMillis;

    /** A value, and how long after the beginning it expires. */
    private record Entry(String value, long expiresAt) {}

    private @Nullable Entry find(String key) {
        Entry entry = model.get(key);
        if (entry != null && entry.expiresAt <= nowMillis) {
            model.remove(key);
            return null;
        }
        return entry;
    }

    @ParameterizedTest
    @CsvSource({"BTREE, NONE", "BTREE, INTERVAL", "BTREE, COMMIT", "LSM, NONE", "LSM, COMMIT"})
    @DisplayName("Every reply is that of a map, after opening the store again as well")
    void model(EngineKind engine, ServeDurability durability) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Duration passed = Duration.ZERO;
        ServeOptions options = ServeOptions.defaults().withDurability(durability);
        for (int opening = 0; opening < 3; opening++) {
            try (ServedStore served = new ServedStore(directory, engine, options);
                    RespClient client = served.connect()) {
                served.pass(passed);
                for (int round = 0; round < ROUNDS; round++) {
                    List<String[]> requests = new ArrayList<>();
                    List<@Nullable Object> expected = new ArrayList<>();
                    for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 5); i >= 0; i--) {
                        String[] request = request(random);
                        requests.add(request);
                        expected.add(reply(request));
                        client.send(request);
                    }
                    for (int i = 0; i < requests.size(); i++) {
                        String what = String.join(" ", requests.get(i)) + " in round " + round + ", -Dseed=" + seed;
                        assertThat(what, client.read(), is(expected.get(i)));
                    }
                    Duration step = Duration.ofMillis(random.nextInt(200));
                    served.pass(step);
                    passed = passed.plus(step);
                    nowMillis = passed.toMillis();
                }
                assertThat(served.problems(), is(List.of()));
            }
        }
    }

    private static String[] request(Random random) {
        String key = "k" + random.nextInt(KEYS);
        String number = String.valueOf(random.nextInt(1_000));
        return switch (random.nextInt(12)) {
            case 0, 1 -> new String[] {"SET", key, number};
            case 2 -> new String[] {"SET", key, number, "PX", String.valueOf(1 + random.nextInt(2_000))};
            case 3 -> new String[] {"SET", key, number, "NX"};
            case 4 -> new String[] {"GETDEL", key};
            case 5 -> new String[] {"DEL", key};
            case 6 -> new String[] {"INCRBY", key, number};
            case 7 -> new String[] {"PEXPIRE", key, String.valueOf(random.nextInt(1_000) - 100)};
            case 8 -> new String[] {"KEYRANGE", "[" + key, "+", "WITHVALUES"};
            case 9 -> new String[] {"PTTL", key};
            case 10 -> new String[] {"KEYS", "*"};
            default -> new String[] {"GET", key};
        };
    }

    private @Nullable Object reply(String[] request) {
        String key = request.length > 1 ? request[1] : "";
        Entry entry = find(key);
        switch (request[0]) {
            case "SET" -> {
                boolean onlyNew = request.length == 4;
                if (onlyNew && entry != null) {
                    return null;
                }
                long expiresAt = request.length == 5 ? nowMillis + Long.parseLong(request[4]) : Long.MAX_VALUE;
                model.put(key, new Entry(request[2], expiresAt));
                return "OK";
            }
            case "GETDEL" -> {
                model.remove(key);
                return entry == null ? null : entry.value;
            }
            case "DEL" -> {
                return model.remove(key) == null ? 0L : 1L;
            }
            case "INCRBY" -> {
                long sum = Long.parseLong(request[2]) + (entry == null ? 0 : Long.parseLong(entry.value));
                model.put(key, new Entry(String.valueOf(sum), entry == null ? Long.MAX_VALUE : entry.expiresAt));
                return sum;
            }
            case "PEXPIRE" -> {
                if (entry == null) {
                    return 0L;
                }
                model.put(key, new Entry(entry.value, nowMillis + Long.parseLong(request[2])));
                return 1L;
            }
            case "KEYRANGE" -> {
                return entries(key.substring(1), true);
            }
            case "KEYS" -> {
                return entries("", false);
            }
            case "PTTL" -> {
                return entry == null ? -2L : entry.expiresAt == Long.MAX_VALUE ? -1L : entry.expiresAt - nowMillis;
            }
            default -> {
                return entry == null ? null : entry.value;
            }
        }
    }

    private List<Object> entries(String from, boolean withValues) {
        List<Object> found = new ArrayList<>();
        model.tailMap(from, true).forEach((key, entry) -> {
            if (entry.expiresAt > nowMillis) {
                found.add(key);
                if (withValues) {
                    found.add(entry.value);
                }
            }
        });
        return found;
    }
}
