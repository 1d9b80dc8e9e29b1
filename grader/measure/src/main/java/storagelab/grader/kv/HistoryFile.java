package storagelab.grader.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;

/** Where the lines of sessions are kept: never in a store, since a session that only reads changes nothing there. */
final class HistoryFile {
    private static final String VARIABLE = "LAB_KV_HISTORY";

    private HistoryFile() {}

    /**
     * The file; null if none is wanted.
     *
     * @param wanted what the user has said; null for nothing
     */
    static @Nullable Path of(KvProcess process, LabContext context, @Nullable String wanted) {
        String said = wanted == null ? process.environment().get(VARIABLE) : wanted;
        if (said != null) {
            return said.isEmpty() ? null : context.directory().resolve(said).normalize();
        }
        String state = process.environment().get("XDG_STATE_HOME");
        String home = process.environment().get("HOME");
        if (state == null || state.isEmpty()) {
            if (home == null || home.isEmpty()) {
                return null;
            }
            state = context.directory()
                    .resolve(home)
                    .resolve(".local")
                    .resolve("state")
                    .toString();
        }
        return context.directory().resolve(state).resolve("storagelab").resolve("kv_history");
    }

    /** Checks that the file is not in the store. */
    static void check(@Nullable Path file, StorePlace place) {
        if (file != null && file.toAbsolutePath().startsWith(place.home().toAbsolutePath())) {
            throw LabException.usage(
                    "The history " + file + " would be in the directory of the store.",
                    "Give --history another file, or an empty name for none.");
        }
    }

    /** Makes the file if there is none, so that only its owner can read it. */
    static void make(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
