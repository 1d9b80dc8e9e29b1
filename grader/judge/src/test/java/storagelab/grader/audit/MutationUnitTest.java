package storagelab.grader.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Difficulty;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

@DisplayName("Exercises that are mutated together")
class MutationUnitTest {
    @Test
    @DisplayName("are those that share a file, directly or through others")
    void joinsSharedFiles() {
        List<MutationUnit> units = MutationUnit.of(lab(
                exercise("1.1", "lab-01-x/src/main/java/a/A.java"),
                exercise("1.2", "lab-01-x/src/main/java/a/B.java"),
                exercise("1.3", "lab-01-x/src/main/java/a/C.java"),
                exercise("1.4", "lab-01-x/src/main/java/a/A.java", "lab-01-x/src/main/java/a/C.java")));

        assertEquals(
                List.of("1.2", "1.1+1.3+1.4"),
                units.stream().map(MutationUnit::name).toList());
        assertEquals(
                Map.of("lab-01-x/src/main/java/a/A.java", "a.A", "lab-01-x/src/main/java/a/C.java", "a.C"),
                units.get(1).classesByFile("lab-01-x"));
    }

    private static Lab lab(ExerciseSpec... exercises) {
        return new Lab(1, "lab-01-x", "X", true, List.of(exercises));
    }

    private static ExerciseSpec exercise(String id, String... files) {
        return new ExerciseSpec(id, "title", 1, Difficulty.EASY, 1, List.of(), List.of(files));
    }
}
