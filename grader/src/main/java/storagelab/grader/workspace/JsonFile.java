package storagelab.grader.workspace;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import storagelab.grader.LabException;

/** Reads and writes the small JSON files in {@code .lab}; a reader never sees half of one. */
final class JsonFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonFile() {}

    /** What is in {@code file}, or {@code absent} where there is none. */
    static <T> T read(Path file, T absent, Class<T> type) {
        if (!Files.exists(file)) {
            return absent;
        }
        try {
            T value = GSON.fromJson(Files.readString(file), type);
            return value == null ? absent : value;
        } catch (JsonParseException damaged) {
            throw new LabException(
                    file + " is damaged: " + damaged.getMessage() + ".", "Delete it; the tool writes a new one.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Replaces {@code file} in one step. */
    static void write(Path file, Object value) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(temporary, GSON.toJson(value) + "\n");
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
