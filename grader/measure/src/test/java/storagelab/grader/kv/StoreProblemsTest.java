package storagelab.grader.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;

class StoreProblemsTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "a refusal of the file system had no reason and advised a repair: it has the reason, and the step that helps")
    void refusals() {
        StoreProblems problems = new StoreProblems(
                new LabContext(
                        directory,
                        null,
                        null,
                        new BufferedReader(new StringReader("")),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        false,
                        false),
                Path.of("db"),
                directory.resolve("db"));
        LabException denied = problems.of(new StorageIoException("opening it", new AccessDeniedException("db/LOCK")));
        assertThat(denied.getMessage(), is("opening it failed: db/LOCK: permission denied."));
        assertThat(denied.nextStep(), containsString("ls -ld db db/*"));
        LabException readOnly = problems.of(
                new StorageIoException("creating it", new FileSystemException("db/7", null, "Read-only file system")));
        assertThat(readOnly.nextStep(), containsString("get, scan, size, stats and verify work there"));
        LabException full = problems.of(
                new StorageIoException("writing it", new FileSystemException("db/7", null, "No space left on device")));
        assertThat(full.nextStep(), containsString("Make room"));
        LabException newer =
                problems.of(CorruptionException.unknownFormat(directory, 7, "the compression 4 is not known"));
        assertThat(newer.getMessage(), not(containsString("damaged")));
        assertThat(newer.nextStep(), containsString("read it with that"));
        LabException shape = problems.of(new CorruptionException(directory.resolve("SHAPE"), 0, "a", "b"));
        assertThat(shape.nextStep(), containsString("Delete that file"));
    }
}
