package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The list of equivalent mutants")
class EquivalentMutantsTest {
    private static final String LIST = """
            # A comment.

            mutant: a.B.find
            change: changed conditional boundary
            line: if (x: y) {
            because: both ways lead to the same place
            """;

    @Test
    @DisplayName("describes a mutant by method, change and text of the line")
    void findsMutant() {
        EquivalentMutants list = EquivalentMutants.parse(LIST);

        assertEquals(
                "both ways lead to the same place",
                list.find(mutant("a.B", "find", "if (x: y) {", "changed conditional boundary"))
                        .orElseThrow()
                        .because());
        assertTrue(list.find(mutant("a.B", "find", "if (x: z) {", "changed conditional boundary"))
                .isEmpty());
        assertTrue(
                list.find(mutant("a.B", "find", "if (x: y) {", "removed call")).isEmpty());
        assertTrue(list.find(mutant("a.C", "find", "if (x: y) {", "changed conditional boundary"))
                .isEmpty());
    }

    @Test
    @DisplayName("names its entries that describe no mutant")
    void namesStaleEntries() {
        EquivalentMutants list = EquivalentMutants.parse(LIST);
        Mutant described = mutant("a.B", "find", "if (x: y) {", "changed conditional boundary");

        assertThat(list.stale(List.of(described)), empty());
        assertThat(list.stale(List.of()), hasSize(1));
    }

    @Test
    @DisplayName("is made of one file for each exercise, and an exercise may have none")
    void readsTheFilesOfTheExercises(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("1.1.txt"), LIST);
        Files.writeString(directory.resolve("1.2.txt"), LIST.replace("a.B", "a.C"));

        Mutant ofTheFirst = mutant("a.B", "find", "if (x: y) {", "changed conditional boundary");
        assertTrue(EquivalentMutants.read(directory, List.of("1.1", "1.3"))
                .find(ofTheFirst)
                .isPresent());
        assertTrue(EquivalentMutants.read(directory, List.of("1.2", "1.3"))
                .find(ofTheFirst)
                .isEmpty());
    }

    @Test
    @DisplayName("refuses an entry without a reason, and a line it does not know")
    void refusesIncompleteEntry() {
        IllegalArgumentException noReason = assertThrows(
                IllegalArgumentException.class,
                () -> EquivalentMutants.parse("mutant: a.B.find\nchange: removed call\nline: x();\n"));
        assertThat(noReason.getMessage(), containsString("lacks [because]"));
        assertThrows(IllegalArgumentException.class, () -> EquivalentMutants.parse("reason: none\n"));
    }

    static Mutant mutant(String className, String method, String line, String description) {
        return new Mutant("1.1", className, method, "3", 7, line, description, Mutant.Status.SURVIVED, "");
    }
}
