package storagelab.grader.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.splice.SourceFile;

@DisplayName("The student's lines")
class StudentLinesTest {
    @Test
    @DisplayName("are marked methods and what exists only for the solution, where the type is not marked")
    void methodLevel() {
        StudentLines lines = linesOf("""
                class A {
                    int given() {
                        return 1;
                    }
                    @Exercise(id = "1.1")
                    public int own() {
                        return 2;
                    }
                    @Solution
                    private int helper() {
                        return 3;
                    }
                }
                """);

        assertEquals(List.of(5, 6, 7, 8, 9, 10, 11, 12), members(lines, 13));
        assertEquals(List.of(7, 8, 9, 10, 11, 12), cut(lines, 13));
        assertEquals(Set.of("helper", "own"), lines.studentMethods());
        assertEquals(Set.of("given"), lines.givenMethods());
    }

    @Test
    @DisplayName("are everything that is not given, where the type is marked")
    void typeLevel() {
        StudentLines lines = linesOf("""
                @Exercise(id = "1.1")
                class A {
                    public record Kept(int x) {
                        Kept {
                            check(x);
                        }
                    }
                    private int count;
                    @Given
                    public int given() {
                        return 1;
                    }
                    public int own() {
                        return 2;
                    }
                }
                """);

        assertEquals(List.of(8, 13, 14, 15), members(lines, 16));
        assertEquals(List.of(8, 14, 15), cut(lines, 16));
    }

    private static StudentLines linesOf(String text) {
        return StudentLines.of(SourceFile.parse("A.java", text));
    }

    private static List<Integer> members(StudentLines lines, int count) {
        List<Integer> found = new ArrayList<>();
        for (int line = 1; line <= count; line++) {
            if (lines.contains(line)) {
                found.add(line);
            }
        }
        return found;
    }

    private static List<Integer> cut(StudentLines lines, int count) {
        List<Integer> found = new ArrayList<>();
        for (int line = 1; line <= count; line++) {
            if (lines.isCut(line)) {
                found.add(line);
            }
        }
        return found;
    }
}
