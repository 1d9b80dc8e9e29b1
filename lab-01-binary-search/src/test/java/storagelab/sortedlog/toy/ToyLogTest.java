package storagelab.sortedlog.toy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.FormatExamples;
import storagelab.testkit.StoreMatchers;

@Tag("1.2")
class ToyLogTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));

    private final Path file = CrashDisk.create().root().resolve("toy.log");

    @Test
    @DisplayName("the newest value of a key is found, and nothing under a key that was never appended")
    void newestWins() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
            log.append("b", "2");
            log.append("a", "3");
            assertThat("get(a) after a=1, b=2, a=3", log.get("a"), is(Optional.of("3")));
            assertThat("get(b)", log.get("b"), is(Optional.of("2")));
            assertThat("get(c), which was never appended", log.get("c"), is(Optional.empty()));
        }
    }

    @Test
    @DisplayName("the lines are byte for byte those of notes/formats/toy-log.md")
    void format() throws IOException {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("city", "Zürich|ZH\n");
            log.append("", "");
        }
        assertThat("the file after two appends", Files.readString(file, UTF_8), is(FormatExamples.TOY_LOG));
    }

    @Test
    @DisplayName("awkward keys and values survive: separators, escapes, line ends, nothing, any alphabet")
    void awkwardTexts() {
        List<String> texts = List.of("|", "\\", "\\p", "\\\\n", "\n", "\r\n", "", "x|y|z", "ünï", "日本", "🦆", "\u0000");
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            texts.forEach(text -> log.append(text, text));
            texts.forEach(text ->
                    assertThat("get(" + shown(text) + ") before the restart", log.get(text), is(Optional.of(text))));
        }
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertThat(
                    "rebuildIndex() after " + texts.size() + " appends of awkward texts",
                    log.rebuildIndex(),
                    is(new ToyLog.RebuildReport(texts.size(), List.of())));
            texts.forEach(text ->
                    assertThat("get(" + shown(text) + ") after the restart", log.get(text), is(Optional.of(text))));
        }
    }

    @Test
    @DisplayName("opening does not read the file; rebuilding the index does")
    void rebuild() {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
            log.append("a", "2");
        }
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            assertThat("get(a) before rebuildIndex(): the file is not read yet", log.get("a"), is(Optional.empty()));
            assertThat("lines that rebuildIndex() read", log.rebuildIndex().lines(), is(2));
            assertThat("get(a) after rebuildIndex(), with a=1 and a=2 in the file", log.get("a"), is(Optional.of("2")));
        }
    }

    @Test
    @DisplayName("a damaged line is reported by its number and skipped: the key has the value it had before")
    void damagedLine() throws IOException {
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
            log.append("b", "2");
            log.append("a", "3");
        }
        Files.writeString(file, Files.readString(file).replace("|a|3|", "|a|4|"));
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            ToyLog.RebuildReport report = log.rebuildIndex();
            assertThat("lines read of three, the last of them damaged", report.lines(), is(3));
            assertThat(
                    "numbers of the damaged lines, when |a|3| was changed to |a|4| in the third",
                    report.damaged().stream().map(ToyLog.Damage::lineNumber).toList(),
                    is(List.of(3)));
            assertThat("get(a): the line of a=3 is damaged, that of a=1 is not", log.get("a"), is(Optional.of("1")));
            assertThat("get(b)", log.get("b"), is(Optional.of("2")));
        }
    }

    @Test
    @DisplayName("half a line at the end does not spoil the line that is appended after it")
    void halfALine() throws IOException {
        Files.writeString(file, "1700000000000|ci");
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            log.append("a", "1");
        }
        try (ToyLog log = ToyLog.open(file, CLOCK)) {
            ToyLog.RebuildReport report = log.rebuildIndex();
            assertThat("lines of half a line and a whole one", report.lines(), is(2));
            assertThat(
                    "damaged lines of half a line and a whole one",
                    report.damaged().size(),
                    is(1));
            assertThat("get(a), appended behind half a line", log.get("a"), is(Optional.of("1")));
        }
    }

    /** A text whose line ends and zeros can be seen. */
    private static String shown(String text) {
        return StoreMatchers.show(Slice.utf8(text));
    }
}
