package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of PIT that ended early")
class PitRunTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("names the test that failed without a mutation, not only how many there were")
    void namesTheFailedTest() throws IOException {
        String words = lastWords(
                "8:08:31 PM PIT >> INFO : Sent tests to minion",
                "/-8:08:31 PM PIT >> SEVERE : Description [testClass=a.BTest, name=[method:x()]] did not pass without"
                        + " mutation.",
                "8:08:31 PM PIT >> INFO : Calculated coverage in 1 seconds.",
                "Exception in thread \"main\" org.pitest.help.PitHelpError: 1 tests did not pass without mutation when"
                        + " calculating line coverage.");

        assertThat(words, containsString("testClass=a.BTest, name=[method:x()]"));
    }

    @Test
    @DisplayName("is described by its exception if all tests passed, else by its last line")
    void exceptionOrLastLine() throws IOException {
        assertEquals("java.io.IOException: full", lastWords("begins", "java.io.IOException: full", "ends"));
        assertEquals("ends", lastWords("begins", " ends "));
        assertEquals("no output", lastWords());
    }

    private String lastWords(String... lines) throws IOException {
        return PitRun.lastWords(Files.write(directory.resolve("pit.log"), List.of(lines)));
    }
}
