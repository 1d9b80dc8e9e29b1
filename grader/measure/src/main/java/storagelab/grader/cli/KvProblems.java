package storagelab.grader.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import storagelab.api.CorruptionException;
import storagelab.api.StorageException;
import storagelab.file.StoreInUseException;
import storagelab.grader.LabException;
import storagelab.lsm.StoreShape;
import storagelab.manifest.LsmFileNames;

/** What {@code lab kv} says when it cannot do its work: one sentence, and the next step that helps with just that. */
final class KvProblems {
    private final LabContext context;
    private final Path typed;
    private final Path home;

    /** What is in a directory. */
    enum Contents {
        /** A store. */
        STORE,
        /** No store, and nothing that is in the way of one. */
        NONE
    }

    /** Problems with the store in {@code home}, which was called {@code typed} on the command line. */
    KvProblems(LabContext context, Path typed, Path home) {
        this.context = context;
        this.typed = typed;
        this.home = home;
    }

    /** Whether there is a store; throws if that cannot be found out, or if what is there must not be written over. */
    Contents contents() {
        try {
            if (!Files.readAttributes(home, BasicFileAttributes.class).isDirectory()) {
                throw new LabException(
                        shown() + " is a file, and a store is a directory.",
                        "Name the directory that has the store, or one that is to have it.");
            }
            if (isThere(home.resolve(LsmFileNames.CURRENT))) {
                return Contents.STORE;
            }
        } catch (NoSuchFileException e) {
            return Contents.NONE;
        } catch (NotDirectoryException e) {
            throw new LabException(shown() + " leads through a file.", "Look at its name: ls -ld " + typed + ".");
        } catch (IOException e) {
            throw refused(e);
        }
        try {
            if (LsmFileNames.list(home).stream().anyMatch(KvProblems::isTable)) {
                throw new LabException(
                        "The store in " + shown() + " has tables and no file CURRENT, which says what belongs to it.",
                        "./lab kv " + typed + " repair rebuilds it from its tables and logs.");
            }
            return Contents.NONE;
        } catch (StorageException e) {
            throw of(e);
        }
    }

    /** There is no store to work on. */
    LabException none() {
        return new LabException(
                Files.isDirectory(home)
                        ? "There is no store in " + shown() + "."
                        : "There is no directory " + shown() + ".",
                "./lab kv " + typed + " put KEY VALUE makes a store there.");
    }

    /** What a store has thrown. */
    LabException of(StorageException problem) {
        String sentence = problem.getMessage() + ".";
        if (problem instanceof CorruptionException damage) {
            return new LabException(sentence, afterDamage(damage));
        }
        if (problem.getCause() instanceof StoreInUseException) {
            return new LabException(
                    "The store in " + shown() + " is open in another program.",
                    "Close it there, or copy the directory and use the copy.");
        }
        if (sentence.contains(StoreShape.NAME)) {
            return new LabException(
                    sentence,
                    "Write to it with the program that has made it; get, scan, size, stats and verify work here, too.");
        }
        return problem.getCause() instanceof FileSystemException refusal
                ? new LabException(sentence, afterRefusal(refusal))
                : new LabException(sentence, "Nothing was changed; put that right and call it again.");
    }

    private LabException refused(IOException cause) {
        return cause instanceof FileSystemException refusal
                ? new LabException(
                        shown() + " cannot be looked at: "
                                + (cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage())
                                + ".",
                        afterRefusal(refusal))
                : new LabException(shown() + " cannot be looked at: " + cause.getMessage() + ".", "Look at the disk.");
    }

    private String afterDamage(CorruptionException damage) {
        if (damage.isUnknownFormat()) {
            return "Another program has written it, or a newer one: read it with that. A repair would leave it out.";
        }
        if (damage.file().endsWith(StoreShape.NAME)) {
            return "Delete that file: it has no entries, and without it the store is merged by levels.";
        }
        return "./lab kv " + typed + " verify names all that is damaged, and repair keeps what can be read.";
    }

    private String afterRefusal(FileSystemException refusal) {
        String reason = String.valueOf(refusal.getReason());
        if (refusal instanceof AccessDeniedException || reason.contains("ermitted")) {
            return "Look at who may read and write it: ls -ld " + typed + " " + typed + "/*.";
        }
        if (reason.contains("Read-only")) {
            return "get, scan, size, stats and verify work there; to write, copy the directory to another file system.";
        }
        if (reason.contains("No space")) {
            return "Make room on the disk and call it again; nothing that was stored is lost.";
        }
        return "Put that right and call it again.";
    }

    private String shown() {
        return context.shown(home);
    }

    private static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isTable(Path file) {
        return LsmFileNames.parse(file)
                .filter(name -> name.kind() == LsmFileNames.Kind.TABLE)
                .isPresent();
    }
}
