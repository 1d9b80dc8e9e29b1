package storagelab.file;

import java.io.IOException;

/** A store's directory is locked: another store, here or in another process, has it open. */
public final class StoreInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreInUseException() {
        super("another store has it open");
    }
}
