package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageException;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;
import storagelab.query.TableDefinition;

/**
 * What the commands of one call, or of one interactive session, share: the place, the store once a command needs it, and the
 * transaction if one was begun. The store is opened for reading until a command writes: a session that only reads changes nothing
 * in the directory.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class KvSession implements AutoCloseable {
    private final LabContext context;
    private final KvProcess process;
    private final StorePlace place;
    private final KvOptions options;
    private final Set<String> told = new HashSet<>();
    private @Nullable StoreKind wanted;
    private @Nullable OpenStore open;
    private @Nullable SqlAccess sql;
    private boolean isInteractive;
    private volatile boolean isInterrupted; // set by a signal

    /** A session on the store in {@code directory}, which is not opened yet. */
    public KvSession(LabContext context, KvProcess process, Path directory, KvOptions options) {
        this.context = context;
        this.process = process;
        this.place = new StorePlace(context, directory);
        this.options = options;
        this.wanted = options.engine();
    }

    LabContext context() {
        return context;
    }

    KvProcess process() {
        return process;
    }

    StorePlace place() {
        return place;
    }

    /** The options that hold for all commands. */
    KvOptions options() {
        return options;
    }

    /** Whether further commands may follow. */
    boolean isInteractive() {
        return isInteractive;
    }

    void beInteractive() {
        isInteractive = true;
    }

    /** Has the command that runs end early; none if none runs. */
    void interrupt() {
        isInterrupted = true;
    }

    /** Before a command with {@code given}: forgets an earlier interruption. */
    void beginCommand(KvOptions given) {
        isInterrupted = false;
        wanted = given.engine();
    }

    /** Returns if the user has not interrupted the command. */
    void checkNotInterrupted() {
        if (isInterrupted) {
            throw new LabException("Interrupted.", "What was done until now stays.");
        }
    }

    /** How a command is called, for advice: with the directory, unless the user has typed that already. */
    String call(String command) {
        return isInteractive ? command : "./lab kv " + place.typed() + " " + command;
    }

    /** The store, open for reading at least. */
    OpenStore toRead() {
        OpenStore store = open;
        return store == null ? opened(existing()::openToRead) : store;
    }

    /** The store, open for writing. */
    OpenStore toWrite() {
        return writable(existing());
    }

    /** The store, open for writing; made if there is none. */
    OpenStore toWriteOrMake() {
        Optional<StoreKind> kind = place.kind();
        if (kind.isPresent()) {
            return toWrite();
        }
        return writable(kindToMake());
    }

    /** The kind of the store that is made where there is none, and nothing else. */
    StoreKind kindToMake() {
        place.checkFree();
        StoreKind asked = wanted;
        return asked == null ? StoreKind.BTREE : asked;
    }

    /** The kind of the store that is there, which is the one asked for. */
    StoreKind existing() {
        StoreKind kind = place.requiredKind();
        StoreKind asked = wanted;
        if (asked != null && asked != kind) {
            throw LabException.usage(
                    "The store in " + place.shown() + " is " + kind.description() + " (" + kind + "), not "
                            + asked.description() + ".",
                    "Leave --engine out: it says what to make where there is no store.");
        }
        return kind;
    }

    private OpenStore writable(StoreKind kind) {
        OpenStore store = open;
        if (store != null && !store.isReadOnly()) {
            return store;
        }
        release();
        return opened(kind::openToWrite);
    }

    private OpenStore opened(Function<Path, OpenStore> opening) {
        try {
            OpenStore store = opening.apply(place.home());
            open = store;
            store.notices(place).stream().filter(told::add).forEach(context.err()::println);
            return store;
        } catch (IllegalArgumentException e) {
            throw new LabException(
                    e.getMessage() + ".",
                    "It was made with options that the shell does not have: use the program that made it.");
        }
    }

    /** The tables of the store, which is open for reading at least. */
    SqlAccess sqlToRead() {
        return sqlOf(toRead());
    }

    /** The tables of the store, which is open for writing; made if there is none. */
    SqlAccess sqlToWrite() {
        return sqlOf(toWriteOrMake());
    }

    private SqlAccess sqlOf(OpenStore store) {
        SqlAccess access = sql;
        if (access == null) {
            TransactionalStore transactions = store.transactions()
                    .orElseThrow(
                            () -> new LabException(
                                    "There are no tables and no transactions in "
                                            + store.kind().description() + ".",
                                    "Stores of the kinds btree, lsm and hybrid have them; load makes one of what scan --all prints."));
            access = new SqlAccess(transactions, process.nanoClock());
            sql = access;
        }
        return access;
    }

    /** The tables that the line editor may offer; none where the store has none or cannot be read, which a command will say. */
    Collection<TableDefinition> knownTables() {
        try {
            boolean hasTables = place.kind().filter(StoreKind::hasTransactions).isPresent();
            return hasTables ? sqlToRead().catalog().tables() : List.of();
        } catch (LabException | StorageException e) {
            return List.of();
        }
    }

    /** The transaction that was begun, if one was. */
    Optional<Transaction> transaction() {
        return Optional.ofNullable(sql).flatMap(SqlAccess::transaction);
    }

    /** Begins a transaction. */
    void begin() {
        if (transaction().isPresent()) {
            throw LabException.usage("A transaction has begun already.", "commit or rollback ends it.");
        }
        sqlToWrite().execute("BEGIN").close();
    }

    /** Ends the transaction, which is durable then, or given up. */
    void end(boolean isCommitted) {
        if (transaction().isEmpty()) {
            throw LabException.usage("No transaction has begun.", "begin begins one.");
        }
        sqlToRead().execute(isCommitted ? "COMMIT" : "ROLLBACK").close();
    }

    /** Checks that no transaction is open, for a command that works outside of it. */
    void checkNoTransaction() {
        if (transaction().isPresent()) {
            throw LabException.usage("A transaction has begun.", "commit or rollback ends it; then call this again.");
        }
    }

    /** Closes the store, for a command that works on one that is not open. The next command opens it again. */
    void release() {
        checkNoTransaction();
        sql = null;
        OpenStore closing = open;
        open = null;
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public void close() {
        if (transaction().isPresent()) {
            end(false);
        }
        release();
    }
}
