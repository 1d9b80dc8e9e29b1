package storagelab.grader.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.SyntaxException;
import storagelab.grader.splice.Transplant;

/**
 * Tells whether a student has begun an exercise, by comparing its text with the starter's. Files are compared first;
 * only where one that differs holds several exercises is it parsed, to see which of them it was.
 */
final class ExerciseText {
    private final Workspace workspace;
    private final Map<String, Long> exercisesInFile;

    ExerciseText(Workspace workspace) {
        this.workspace = workspace;
        this.exercisesInFile = workspace
                .course()
                .exercises()
                .flatMap(exercise -> exercise.files().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Whether the text of {@code exercise} is as it was handed out. */
    boolean isUntouched(ExerciseSpec exercise) {
        return exercise.files().stream().allMatch(path -> isUntouched(exercise.id(), path));
    }

    private boolean isUntouched(String id, String path) {
        Path file = workspace.file(path);
        Path pristine = workspace.pristine(path);
        try {
            if (!Files.exists(file) || !Files.exists(pristine)) {
                return false;
            }
            if (Files.mismatch(file, pristine) < 0) {
                return true;
            }
            return exercisesInFile.getOrDefault(path, 1L) > 1 && hasSameMembers(id, file, pristine);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean hasSameMembers(String id, Path file, Path pristine) throws IOException {
        try {
            return Transplant.textsOf(id, parse(file)).equals(Transplant.textsOf(id, parse(pristine)));
        } catch (SyntaxException unfinished) {
            return false;
        }
    }

    private static SourceFile parse(Path file) throws IOException {
        return SourceFile.parse(file.toString(), Files.readString(file));
    }
}
