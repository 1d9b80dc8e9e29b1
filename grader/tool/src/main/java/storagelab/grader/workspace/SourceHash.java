package storagelab.grader.workspace;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import storagelab.grader.course.ExerciseSpec;

/** A short name for the text of an exercise's files, to tell whether it changed since a verdict. */
public final class SourceHash {
    private SourceHash() {}

    /** The first 16 hex digits of a SHA-256 over the names and texts of the files of {@code exercise}. */
    public static String of(Path root, ExerciseSpec exercise) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String path : exercise.files()) {
            Path file = root.resolve(path);
            hasher.putUnencodedChars(path).putChar('\0');
            try {
                if (Files.exists(file)) {
                    hasher.putBytes(Files.readAllBytes(file));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            hasher.putChar('\0');
        }
        return hasher.hash().toString().substring(0, 16);
    }
}
