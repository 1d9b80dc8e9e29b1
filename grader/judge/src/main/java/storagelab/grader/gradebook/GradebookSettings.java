package storagelab.grader.gradebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storagelab.grader.LabException;

/**
 * {@code gradebook.json}: what the results of a gradebook depend on besides the submissions. Two gradebooks can be merged if
 * theirs are the same.
 *
 * @param format of the files; raised when an older tool could not read them
 * @param seed of every random test
 * @param exercises that were graded
 * @param benchmarks whether they were measured
 */
public record GradebookSettings(int format, long seed, List<String> exercises, boolean benchmarks) {
    private static final int FORMAT = 1;
    private static final String FILE = "gradebook.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    public GradebookSettings {
        exercises = List.copyOf(exercises);
    }

    /** Settings of this edition of the tool. */
    public static GradebookSettings of(long seed, List<String> exercises, boolean benchmarks) {
        return new GradebookSettings(FORMAT, seed, exercises, benchmarks);
    }

    /**
     * The settings of the gradebook in {@code directory}; empty if there is none.
     *
     * @throws LabException if they are damaged, or of another edition
     */
    public static Optional<GradebookSettings> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            GradebookSettings settings = GSON.fromJson(Files.readString(file), GradebookSettings.class);
            if (settings != null && settings.format() == FORMAT) {
                return Optional.of(settings);
            }
        } catch (JsonParseException | NullPointerException notOurs) {
            throw notReadable(file, notOurs);
        }
        throw notReadable(file, null);
    }

    private static LabException notReadable(Path file, @org.jspecify.annotations.Nullable Exception why) {
        return new LabException(
                file + " was not written by this edition of the tool"
                        + (why == null ? "." : ": " + why.getMessage() + "."),
                "Name another directory with --out.");
    }

    /** Writes them into {@code directory}. */
    public void write(Path directory) throws IOException {
        GradebookFiles.replace(directory.resolve(FILE), GSON.toJson(this) + "\n");
    }

    /** All of it in one line: part of what a result is known by. */
    public String describe() {
        return "seed " + seed + ", exercises " + String.join(" ", exercises) + ", benchmarks " + benchmarks;
    }
}
