package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;

class KvCommandTest {
    @TempDir
    private Path directory;

    private final LabCalls lab = new LabCalls(null);

    @Test
    @DisplayName("what is put is got, scanned, and gone when it was deleted")
    void putGetScanDelete() {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        assertThat(lab("kv", "db", "put", "pear", "green").exit(), is(0));
        assertThat(lab("kv", "db", "put", "fig", "blue").exit(), is(0));
        assertThat(lab("kv", "db", "get", "apple").out().strip(), is("red"));
        assertThat(
                lab("kv", "db", "scan").out().lines().toList().toString(), is("[apple\tred, fig\tblue, pear\tgreen]"));
        assertThat(lab("kv", "db", "scan", "b", "g").out().strip(), is("fig\tblue"));
        LabCalls.Said first = lab("kv", "db", "scan", "--limit", "1");
        assertThat(first.out().strip(), is("apple\tred"));
        assertThat(first.err(), containsString("There is more"));
        assertThat(lab("kv", "db", "delete", "apple").exit(), is(0));
        LabCalls.Said gone = lab("kv", "db", "get", "apple");
        assertThat(gone.exit(), is(LabException.FAILED));
        assertThat(gone.err(), startsWith("There is no key apple."));
        assertThat(lab("kv", "db", "compact").out(), startsWith("Merged: level 6: 1 tables"));
        assertThat(lab("kv", "db", "verify").out(), startsWith("All tables are whole"));
        assertThat(lab("kv", "db", "stats").out(), containsString("level 6: 1 tables"));
    }

    @Test
    @DisplayName("without CURRENT and manifest the store says so, and repair makes it again")
    void repair() throws IOException {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("CURRENT") || name.startsWith("MANIFEST")) {
                    Files.delete(file);
                }
            }
        }
        LabCalls.Said lost = lab("kv", "db", "get", "apple");
        assertThat(lost.exit(), is(LabException.FAILED));
        assertThat(lost.err(), containsString("if its file CURRENT is lost, repair makes it again"));
        assertThat(lab("kv", "db", "repair").out(), startsWith("1 keys out of 1 tables are in the store again."));
        assertThat(lab("kv", "db", "get", "apple").out().strip(), is("red"));
    }

    @Test
    @DisplayName("a damaged manifest is one sentence and the way on, with no stack trace")
    void damaged() throws IOException {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        Files.writeString(directory.resolve("db/CURRENT"), "nonsense");
        LabCalls.Said said = lab("kv", "db", "get", "apple");
        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), startsWith("The store says: "));
        assertThat(said.err(), containsString("./lab kv db repair keeps what can be read."));
        assertThat("lines of the message", said.err().lines().count(), is(2L));
    }

    @Test
    @DisplayName("calls that make no sense are usage errors, and make no store")
    void usage() {
        assertThat(lab("kv", "db", "get", "apple").err(), startsWith("There is no store in db."));
        assertThat(lab("kv", "db", "fetch", "apple").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "put", "apple").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "scan", "b", "a").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "repair").exit(), is(LabException.FAILED));
        assertThat(Files.exists(directory.resolve("db")), is(false));
    }

    private LabCalls.Said lab(String... args) {
        return lab.in(directory, args);
    }
}
