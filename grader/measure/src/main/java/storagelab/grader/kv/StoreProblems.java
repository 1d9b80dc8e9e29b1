package storagelab.grader.kv;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import storagelab.api.CorruptionException;
import storagelab.api.StorageException;
import storagelab.api.TransactionConflictException;
import storagelab.file.StoreInUseException;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;
import storagelab.lsm.StoreShape;

/** What {@code lab kv} says when it cannot do its work: one sentence, and the next step that helps with just that. */
final class StoreProblems {
    private final LabContext context;
    private final Path typed;
    private final Path home;

    /** Problems with the store in {@code home}, which was called {@code typed} on the command line. */
    StoreProblems(LabContext context, Path typed, Path home) {
        this.context = context;
        this.typed = typed;
        this.home = home;
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
        if (problem instanceof TransactionConflictException) {
            return new LabException(sentence, "Nothing was changed; run the transaction again.");
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

    /** What the file system has refused when the directory was looked at. */
    LabException refused(IOException cause) {
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
        return Files.exists(home.resolve(StoreKind.LEVELDB.mark()))
                ? "./lab kv " + typed + " verify names all that is damaged, and repair keeps what can be read."
                : "./lab kv " + typed
                        + " verify names what is damaged; restore the store from a backup, or load what scan"
                        + " can still read into a new one.";
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
}
