package storagelab.grader.batch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.gradebook.SampleGraded;

/** Results that outlive a process. */
class ResultStoreTest {
    @TempDir
    Path directory;

    @Test
    void whatIsKeptIsReadAgain() throws IOException {
        Graded ada = SampleGraded.of("ada", 0.5);
        ResultStore.open(directory).put(ada);
        ResultStore again = ResultStore.open(directory);
        assertThat(again.all(), contains(ada));
        assertThat(again.withKey("key"), is(Optional.of(ada)));
        assertThat(again.damaged(), is(empty()));
    }

    @Test
    void everyCutOfAFileIsAsIfItWereNotThere() throws IOException {
        ResultStore.open(directory).put(SampleGraded.of("ada", 0.5));
        Path file = directory.resolve("ada.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            ResultStore store = ResultStore.open(directory);
            assertThat("cut to " + length, store.all(), is(empty()));
            assertThat(store.damaged(), contains("ada.json"));
        }
    }

    @Test
    void whatIsNoResultIsNotRead() throws IOException {
        for (String text : java.util.List.of("", "{}", "[]", "{\"name\": 3}", "null", "{\"handles\": null}")) {
            Files.writeString(directory.resolve("x.json"), text);
            assertThat(text, ResultStore.open(directory).damaged(), contains("x.json"));
        }
    }

    @Test
    void halfAFileOfAKilledProcessIsNotRead() throws IOException {
        Files.writeString(directory.resolve("ada.new"), "{\"name\":");
        assertThat(ResultStore.open(directory).all(), is(empty()));
        ResultStore.open(directory).put(SampleGraded.of("ada", 1));
        assertThat(ResultStore.open(directory).all().size(), is(1));
    }

    @Test
    void whatIsGradedAgain() throws IOException {
        ResultStore store = ResultStore.open(directory);
        store.put(SampleGraded.of("ada", 1));
        store.put(SampleGraded.of("ben", 0.5));
        assertThat(Regrade.nothing().kept(store, "new", "content", "key").isPresent(), is(true));
        assertThat(
                Regrade.nothing().kept(store, "new", "content", "another key").isPresent(), is(false));
        Regrade failed = new Regrade(true, Optional.empty());
        assertThat(
                "full marks stay",
                failed.kept(store, "ada", "content", "another key").isPresent(),
                is(true));
        assertThat(
                "changed since",
                failed.kept(store, "ada", "changed", "another key").isPresent(),
                is(false));
        assertThat(failed.kept(store, "ben", "content", "key").isPresent(), is(false));
        Regrade before = new Regrade(false, Optional.of(Instant.parse("2026-11-25T12:00:00Z")));
        Regrade after = new Regrade(false, Optional.of(Instant.parse("2026-11-25T12:00:01Z")));
        assertThat(before.kept(store, "ada", "content", "key").isPresent(), is(false));
        assertThat(after.kept(store, "ada", "content", "key").isPresent(), is(true));
    }

    @Test
    void shardsAreAllOfIt() {
        List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6);
        assertThat(Shard.whole().of(all), is(all));
        assertThat(Shard.parse("0/3").of(all), contains(0, 3, 6));
        assertThat(Shard.parse("1/3").of(all), contains(1, 4));
        assertThat(Shard.parse("2/3").of(all), contains(2, 5));
        for (String wrong : List.of("3/3", "1", "-1/3", "a/b", "0/0")) {
            org.junit.jupiter.api.Assertions.assertThrows(
                    storagelab.grader.LabException.class, () -> Shard.parse(wrong));
        }
    }
}
