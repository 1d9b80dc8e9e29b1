package storagelab.grader.hidden.lab01;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.sortedlog.toy.ToyLine;
import storagelab.sortedlog.toy.ToyLog;
import storagelab.sortedlog.toy.ToyLog.Damage;
import storagelab.sortedlog.toy.ToyLog.RebuildReport;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 1.2: the log of text lines. */
@Tag("1.2")
class ToyLogHiddenTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));
    private static final List<String> AWKWARD = List.of(
            "",
            "|",
            "||",
            "\n",
            "\r\n",
            "\\",
            "\\\\",
            "\\p",
            "\\n",
            "\\\n",
            "\\|",
            "a|b|c|d",
            "|0e2c22ec",
            " ",
            "\t",
            "\u0000",
            "Zürich",
            "ключ",
            "☃ 𝄞",
            "\u2028",
            "line\u0085end",
            "p",
            "n",
            "\\\\p");

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("toy.log");

    @Test
    @DisplayName("a line is timestamp, key, value and checksum, with backslash, bar and line ends escaped")
    void goldenLines() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("path", "C:\\temp|new\nline\r");
            log.append("k1379", "");
            log.append("ключ", "☃ 𝄞");
        }
        assertEquals(
                "1700000000123|path|C:\\\\temp\\pnew\\n"
                        + "line\\r"
                        + "|d4077e73\n"
                        + "1700000000123|k1379||000a2fa9\n"
                        + "1700000000123|ключ|☃ 𝄞|67dea787\n",
                new String(Bytes.read(file), UTF_8),
                "the file after append(\"path\", \"C:\\temp|new<LF>line<CR>\") and two more");
    }

    @Test
    @DisplayName("the timestamp comes from the clock that was handed in, each time")
    void timestamps() {
        long[] now = {5};
        try (ToyLog log = ToyLog.open(file, () -> Instant.ofEpochMilli(now[0]))) {
            log.append("a", "1");
            now[0] = 1_700_000_000_000L;
            log.append("a", "2");
        }
        assertEquals(line(5, "a", "1") + line(1_700_000_000_000L, "a", "2"), text(), "lines written at 5 ms and later");
    }

    @Test
    @DisplayName("keys and values with bars, line ends, backslashes, non-ASCII, or empty survive, at once and after a"
            + " rebuild")
    void awkwardTexts() {
        Map<String, String> expected = new HashMap<>();
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            for (int i = 0; i < AWKWARD.size(); i++) {
                String value = AWKWARD.get((i * 7 + 3) % AWKWARD.size());
                log.append(AWKWARD.get(i), value);
                expected.put(AWKWARD.get(i), value);
                assertEquals(Optional.of(value), log.get(AWKWARD.get(i)), "value of key " + show(AWKWARD.get(i)));
            }
        }
        long newlines = text().chars().filter(c -> c == '\n').count();
        assertEquals(AWKWARD.size(), newlines, "newlines in the file: one for each append");
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertEquals(
                    new RebuildReport(AWKWARD.size(), List.of()),
                    log.rebuildIndex(),
                    "rebuildIndex() after " + AWKWARD.size()
                            + " appends of awkward texts: bars, line ends, backslashes");
            expected.forEach((key, value) ->
                    assertEquals(Optional.of(value), log.get(key), "after a rebuild, value of key " + show(key)));
        }
    }

    @Test
    @DisplayName("random keys and values survive, at once and after a rebuild")
    void randomTexts() {
        Seeds.check(30, random -> {
            Path path = disk.root().resolve("random-" + random.nextLong());
            Map<String, String> expected = new HashMap<>();
            try (ToyLog log = ToyLog.open(path, CLOCK)) {
                for (int i = 0; i < 40; i++) {
                    String key = randomText(random, 3);
                    String value = randomText(random, 20);
                    log.append(key, value);
                    expected.put(key, value);
                }
                assertHolds(log, expected, "before a rebuild");
            }
            try (ToyLog log = ToyLog.open(path, CLOCK)) {
                assertEquals(
                        new RebuildReport(40, List.of()),
                        log.rebuildIndex(),
                        "rebuildIndex() after 40 appends of random texts");
                assertHolds(log, expected, "after a rebuild");
            }
        });
    }

    @Test
    @DisplayName("lines that another program wrote in the same format are read")
    void readsTheFormat() {
        write(line(1, "a", "x|y\\z\n") + line(2, "b|", "") + line(-3, "a", "newer"));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertEquals(new RebuildReport(3, List.of()), log.rebuildIndex(), "rebuildIndex() of three good lines");
            assertEquals(Optional.of("newer"), log.get("a"), "get(a), of which the second line says \"newer\"");
            assertEquals(Optional.of(""), log.get("b|"), "a key with a bar and an empty value");
        }
    }

    @Test
    @DisplayName("opening reads nothing: a key is found after rebuildIndex, not before")
    void openDoesNotRebuild() {
        write(line(1, "a", "1"));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertEquals(Optional.empty(), log.get("a"), "a key of an earlier run before rebuildIndex");
            log.append("b", "2");
            assertEquals(Optional.of("2"), log.get("b"), "get(b), appended before any rebuildIndex");
            log.rebuildIndex();
            assertEquals(Optional.of("1"), log.get("a"), "a key of an earlier run after rebuildIndex");
            assertEquals(Optional.of("2"), log.get("b"), "a key appended before rebuildIndex");
        }
    }

    @Test
    @DisplayName("an empty file has no lines, and rebuilding twice gives the same")
    void emptyAndTwice() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertEquals(new RebuildReport(0, List.of()), log.rebuildIndex(), "rebuildIndex() of an empty log");
            log.append("a", "1");
            assertEquals(new RebuildReport(1, List.of()), log.rebuildIndex(), "rebuildIndex() after one append");
            assertEquals(
                    new RebuildReport(1, List.of()), log.rebuildIndex(), "a second rebuildIndex() of the same line");
            assertEquals(Optional.of("1"), log.get("a"), "get(a) after a=1 and two rebuilds");
        }
    }

    @Test
    @DisplayName("a byte that changes in a line: the line is reported by number and skipped, all others stay")
    void everyDamagedByte() {
        String first = line(1, "a", "old") + line(2, "b", "2");
        String third = line(3, "a", "new|er");
        String rest = line(4, "c", "4");
        byte[] whole = (first + third + rest).getBytes(UTF_8);
        int from = first.getBytes(UTF_8).length;
        for (int i = from; i < from + third.length() - 1; i++) {
            for (int bit : new int[] {0, 1, 4, 5}) {
                byte[] damaged = Bytes.flipped(whole, 8 * i + bit);
                if (damaged[i] == '\n' || Character.toLowerCase(damaged[i]) == whole[i]) {
                    continue; // two lines, or a checksum of the same value
                }
                Bytes.write(file, damaged);
                String input = "byte " + (i - from) + " of line 3 changed from '" + (char) whole[i] + "' to '"
                        + (char) damaged[i] + "'";
                try (ToyLog log = ToyLog.open(file, CLOCK)) {
                    assertDamaged(input, log.rebuildIndex(), 4, List.of(3));
                    assertEquals(Optional.of("old"), log.get("a"), input + ": the older value of its key");
                    assertEquals(Optional.of("2"), log.get("b"), input + ": the key of the line before");
                    assertEquals(Optional.of("4"), log.get("c"), input + ": the key of the line after");
                }
            }
        }
    }

    @Test
    @DisplayName(
            "lines that are no lines are reported, each by its number: empty, without checksum, with too many parts")
    void nonsenseLines() {
        String badTimestamp = "yesterday|k|v";
        List<String> lines = List.of(
                line(1, "a", "1"),
                "\n",
                "nonsense\n",
                line(2, "b", "2"),
                "3|c|3\n",
                line(4, "d", "4").replace("|d|", "|d|x|"),
                "|||\n",
                badTimestamp + "|" + checksum(badTimestamp) + "\n",
                line(5, "e", "5").toUpperCase(Locale.ROOT),
                line(6, "f", "6"));
        write(String.join("", lines));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertDamaged(
                    "ten lines, of which 2, 3 and 5 to 9 are nonsense",
                    log.rebuildIndex(),
                    10,
                    List.of(2, 3, 5, 6, 7, 8, 9));
            assertHolds(log, Map.of("a", "1", "b", "2", "f", "6"), "beside nonsense");
            assertEquals(Optional.empty(), log.get("c"), "a key whose only line is damaged");
        }
    }

    @Test
    @DisplayName("a log that ends in the middle of a line, at any byte, keeps the lines before it and takes new ones")
    void tornLastLine() {
        String good = line(1, "a", "1") + line(2, "b", "2");
        String last = line(3, "a", "torn");
        for (int length = 1; length < last.length() - 1; length++) {
            write(good + last.substring(0, length));
            String input = "the last line cut after " + length + " of its " + last.length() + " bytes";
            try (ToyLog log = ToyLog.open(file, CLOCK)) {
                log.append("c", "after the crash");
                assertDamaged(input, log.rebuildIndex(), 4, List.of(3));
                assertHolds(log, Map.of("a", "1", "b", "2", "c", "after the crash"), input);
            }
        }
    }

    @Test
    @DisplayName("a last line that lacks nothing but its newline is a good line, and the next append begins a new one")
    void lastLineWithoutNewline() {
        String line = line(1, "a", "1");
        write(line.substring(0, line.length() - 1));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("b", "2");
            assertEquals(
                    new RebuildReport(2, List.of()),
                    log.rebuildIndex(),
                    "rebuildIndex() of a line without its newline, and one appended after it");
            assertHolds(log, Map.of("a", "1", "b", "2"), "a log whose last newline was lost");
        }
    }

    @Test
    @DisplayName("rebuilding forgets what the file no longer has")
    void rebuildForgets() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
            log.append("b", "2");
            write(line(1, "b", "3") + "damaged\n");
            log.rebuildIndex();
            Step.at("get(a) after a rebuild of a file that has no line of a any more, where nothing is expected");
            assertEquals(Optional.empty(), log.get("a"), "a key whose line is gone from the file, after a rebuild");
            assertEquals(Optional.of("3"), log.get("b"), "a key whose line is another now, after a rebuild");
        }
        assertEquals(0, disk.openFiles(), "files still open after close");
    }

    @Test
    @DisplayName("bytes that are no UTF-8 are damage like any other")
    void notUtf8() {
        byte[] good = (line(1, "a", "1") + line(2, "b", "2")).getBytes(UTF_8);
        Bytes.write(file, Bytes.joined(new byte[] {(byte) 0xff, (byte) 0xc0, '|', (byte) 0x80, '\n', 0, '\n'}, good));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertDamaged("a line of bytes that are no UTF-8, and one of a zero", log.rebuildIndex(), 4, List.of(1, 2));
            assertHolds(log, Map.of("a", "1", "b", "2"), "behind a line of nonsense");
        }
    }

    @Test
    @DisplayName("a get reads the one line of its key, however long the log is")
    void getReadsOneLine() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            for (int i = 0; i < 2000; i++) {
                log.append("key " + i, "value " + i);
            }
            assertReadsOneLine(log, "of a log of 2000 lines");
            log.rebuildIndex();
            assertReadsOneLine(log, "of a log of 2000 lines, after a rebuild");
        }
    }

    @Test
    @DisplayName("an append writes its line at the end and reads nothing")
    void appendIsOneWrite() {
        write(line(1, "a", "1"));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            DiskCounters before = disk.counters();
            log.append("b", "2");
            DiskCounters cost = disk.counters().since(before);
            assertThat(
                    "an append of one line",
                    cost.writes(),
                    atMost(1, "writes", "hand the whole line to the disk together"));
            assertEquals(0, cost.bytesRead(), "bytes read by an append");
        }
        assertEquals(line(1, "a", "1") + line(1_700_000_000_123L, "b", "2"), text(), "the file after an append");
    }

    @Test
    @DisplayName("a file that cannot be opened is a StorageIoException")
    void cannotOpen() {
        Path nowhere = disk.root().resolve("missing").resolve("toy.log");
        assertThrows(StorageIoException.class, () -> ToyLog.open(nowhere, CLOCK), "a log in a missing directory");
    }

    @Test
    @DisplayName("the last line of the file needs no newline, also if another program wrote it while the log was open")
    void lastLineOfAnotherProgram() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            write(line(1, "a", "1") + line(2, "b", "2").strip());
            assertEquals(
                    new RebuildReport(2, List.of()),
                    log.rebuildIndex(),
                    "rebuildIndex() of two lines, of which the last has no newline");
            assertHolds(log, Map.of("a", "1", "b", "2"), "after a last line without a newline");
        }
    }

    @Test
    @DisplayName("a line of three or five parts is refused, though its checksum is right")
    void otherNumbersOfParts() {
        for (String text : List.of("1|a", "1|a|b|c", "1|a|b|c|d", "")) {
            String line = text + "|" + checksum(text);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> ToyLine.parse(line), "parse(\"" + line + "\")");
            assertTrue(
                    refused.getMessage() != null && !refused.getMessage().isBlank(),
                    "parse(\"" + line + "\") throws without a word about what is wrong");
        }
    }

    @Test
    @DisplayName("closing twice does nothing, and the file is closed after the first time")
    void closesTwice() {
        ToyLog log = ToyLog.open(file, CLOCK);
        log.append("a", "1");
        log.close();
        assertEquals(0, disk.openFiles(), "files still open after close");
        Step.at("a second close, which does nothing");
        log.close();
        assertEquals(line(1_700_000_000_123L, "a", "1"), text(), "the file after a second close");
    }

    @Test
    @DisplayName("a file system that refuses is a StorageIoException, and a failed append leaves the index as it was")
    void refusedByTheDisk() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
            disk.faults().failFrom(DiskCall.WRITE, 1);
            assertThrows(StorageIoException.class, () -> log.append("a", "2"), "append when the write fails");
            disk.faults().clear();
            Step.at("get(a) after a=1 and an append of a=2 that failed, where 1 is expected");
            assertEquals(Optional.of("1"), log.get("a"), "get(a) after a=1 and an append of a=2 that failed");
            disk.faults().failFrom(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, () -> log.get("a"), "get when the read fails");
            assertThrows(StorageIoException.class, log::rebuildIndex, "rebuildIndex when reads fail");
            disk.faults().clear();
        }
    }

    private void assertReadsOneLine(ToyLog log, String what) {
        for (int i = 0; i < 2000; i += 331) {
            DiskCounters before = disk.counters();
            assertEquals(Optional.of("value " + i), log.get("key " + i), "key " + i + " " + what);
            DiskCounters cost = disk.counters().since(before);
            assertTrue(cost.bytesRead() > 0, "a get " + what + " read nothing: are values kept in memory?");
            assertThat(
                    "a get " + what, cost.bytesRead(), atMost(200, "bytes read", "the index knows where the line is"));
        }
    }

    private static void assertHolds(ToyLog log, Map<String, String> expected, String what) {
        expected.forEach((key, value) -> assertEquals(Optional.of(value), log.get(key), what + ", key " + show(key)));
    }

    private static void assertDamaged(String input, RebuildReport report, int lines, List<Integer> damagedLines) {
        assertEquals(lines, report.lines(), input + ": lines");
        List<Integer> actual = report.damaged().stream().map(Damage::lineNumber).toList();
        assertEquals(damagedLines, actual, input + ": numbers of the damaged lines");
        for (Damage damage : report.damaged()) {
            assertTrue(
                    !damage.reason().isBlank(),
                    input + ": line " + damage.lineNumber() + " is reported without a reason");
        }
    }

    private void write(String text) {
        Bytes.write(file, text.getBytes(UTF_8));
    }

    private String text() {
        return new String(Bytes.read(file), UTF_8);
    }

    private static String line(long timestamp, String key, String value) {
        String text = timestamp + "|" + escape(key) + "|" + escape(value);
        return text + "|" + checksum(text) + "\n";
    }

    private static String checksum(String text) {
        return String.format("%08x", Crc32c.of(text.getBytes(UTF_8)));
    }

    private static String escape(String text) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case '\\' -> "\\\\";
                    case '|' -> "\\p";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    default -> Character.toString((char) c);
                })
                .collect(Collectors.joining());
    }

    private static String show(String text) {
        return "\"" + escape(text) + "\" (escaped)";
    }

    private static String randomText(Random random, int lengthMax) {
        String alphabet = "\\|\n\rpn abcé☃";
        return random.ints(random.nextInt(lengthMax + 1), 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
