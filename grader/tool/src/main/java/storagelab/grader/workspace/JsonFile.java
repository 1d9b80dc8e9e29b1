package storagelab.grader.workspace;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import storagelab.grader.LabException;

/** Reads and writes the small JSON files in {@code .lab}; a reader never sees half of one. */
final class JsonFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final long BYTES_MAX = 1 << 20;

    private JsonFile() {}

    /**
     * What is in {@code file}, or {@code absent} where there is none. The file may be a stranger's: what is not a plain
     * file of a reasonable size is not opened.
     *
     * @throws LabException if it is damaged
     */
    static <T> T read(Path file, T absent, Class<T> type) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return absent;
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
                throw damaged(file, "it is not a plain file of at most " + BYTES_MAX + " bytes");
            }
            T value = GSON.fromJson(Files.readString(file), type);
            return value == null ? absent : value;
        } catch (JsonParseException notOurs) {
            throw damaged(file, "it is not the JSON that the tool writes (" + notOurs.getMessage() + ")");
        } catch (CharacterCodingException notText) {
            throw damaged(file, "it is not UTF-8");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static LabException damaged(Path file, String why) {
        return new LabException(file + " is damaged: " + why + ".", "Delete it; the tool writes a new one.");
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
