package storagelab.grader.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import storagelab.grader.course.ExerciseSpec;

/** Tells whether a student has begun an exercise, by comparing its text with the starter's. */
final class ExerciseText {
    private final Workspace workspace;

    ExerciseText(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Whether every file of {@code exercise} is as it was handed out. */
    boolean isUntouched(ExerciseSpec exercise) {
        return exercise.files().stream().allMatch(this::isUntouched);
    }

    private boolean isUntouched(String path) {
        Path file = workspace.file(path);
        Path pristine = workspace.pristine(path);
        try {
            return Files.exists(file) && Files.exists(pristine) && Files.mismatch(file, pristine) < 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
