package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A report of PIT")
class PitReportTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeSource() throws IOException {
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/B.java"), "package a;\nclass B {\n    int x = 1;\n}\n");
    }

    @Test
    @DisplayName("becomes mutants with the text of their source line")
    void readsMutants() throws IOException {
        List<Mutant> mutants = read(mutation("SURVIVED", "") + mutation("KILLED", "a.BTest.[method:x()]"));

        assertEquals(2, mutants.size());
        Mutant survivor = mutants.get(0);
        assertEquals("a.B.<init>", survivor.qualifiedMethod());
        assertEquals("int x = 1;", survivor.sourceLine());
        assertTrue(survivor.survived());
        assertThat(survivor.describe(), containsString("the tests of 1.1 pass"));
        assertTrue(mutants.get(1).isKilled());
        assertEquals("a.BTest.[method:x()]", mutants.get(1).killedBy());
    }

    @Test
    @DisplayName("counts a mutant that hangs as killed, and one that cannot be loaded as none")
    void judgesOtherEnds() throws IOException {
        List<Mutant> mutants =
                read(mutation("TIMED_OUT", "") + mutation("NON_VIABLE", "") + mutation("NO_COVERAGE", ""));

        assertTrue(mutants.get(0).isKilled());
        assertFalse(mutants.get(1).isKilled());
        assertFalse(mutants.get(1).survived());
        assertTrue(mutants.get(2).survived());
        assertThat(mutants.get(2).describe(), containsString("no test of 1.1 reaches it"));
    }

    @Test
    @DisplayName("that was not finished is an error")
    void refusesUnfinished() {
        assertThrows(IOException.class, () -> read(mutation("STARTED", "")));
    }

    private List<Mutant> read(String mutations) throws IOException {
        Path xml = directory.resolve("mutations.xml");
        Files.writeString(xml, "<?xml version=\"1.0\"?>\n<mutations>" + mutations + "</mutations>\n");
        return new PitReport("1.1", directory).read(xml);
    }

    private static String mutation(String status, String killedBy) {
        return """
                <mutation detected='false' status='%s' numberOfTestsRun='1'><sourceFile>B.java</sourceFile>\
                <mutatedClass>a.B</mutatedClass><mutatedMethod>&lt;init&gt;</mutatedMethod>\
                <methodDescription>()V</methodDescription><lineNumber>3</lineNumber><mutator>M</mutator>\
                <killingTest>%s</killingTest><description>changed it</description></mutation>
                """.formatted(status, killedBy);
    }
}
