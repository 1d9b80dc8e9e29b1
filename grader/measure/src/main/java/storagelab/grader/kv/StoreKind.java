package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import storagelab.btree.BTreeStore;
import storagelab.hybrid.HybridOptions;
import storagelab.manifest.LsmFileNames;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.sortedlog.FileNames;

/** The kinds of store that the shell knows, by the names that {@code --engine} has for them. */
public enum StoreKind {
    /** Lab 6's store over a B+tree. */
    BTREE("a crash-safe store over a B+tree", "FORMAT"),

    /** Lab 6's store over an LSM tree. */
    LSM("a crash-safe store over an LSM tree", "FORMAT"),

    /** Lab 7's store over both. */
    HYBRID("a hybrid store, which keeps its keys on a B+tree and an LSM tree", "FORMAT"),

    /** Lab 5's LSM tree with its own log, which is also a database of LevelDB. */
    LEVELDB("an LSM tree of lab 5, or a database of LevelDB", LsmFileNames.CURRENT),

    /** Lab 4's B+tree without a log. */
    PAGES("a B+tree of lab 4, without a log", BTreeStore.FILE_NAME),

    /** The store on sorted logs of labs 1 to 3. */
    LOGS("a store on sorted logs, of labs 1 to 3", FileNames.TABLE_LIST);

    private final String description;
    private final String mark;

    StoreKind(String description, String mark) {
        this.description = description;
        this.mark = mark;
    }

    /** The kind of a store whose {@code FORMAT} names {@code engine}; nothing if this program does not know it. */
    static Optional<StoreKind> ofEngine(String engine) {
        return Stream.of(BTREE, LSM, HYBRID)
                .filter(kind -> kind.engineType().id().equals(engine))
                .findFirst();
    }

    /** The engine of a store with transactions. */
    EngineType engineType() {
        return switch (this) {
            case BTREE -> EngineKind.BTREE;
            case LSM -> EngineKind.LSM;
            case HYBRID -> HybridOptions.defaults().store().engine();
            case LEVELDB, PAGES, LOGS -> throw new IllegalStateException(this + " has no log before its engine");
        };
    }

    /** Whether it has transactions, and so tables, and can be served. */
    boolean hasTransactions() {
        return this == BTREE || this == LSM || this == HYBRID;
    }

    /** What it is, with its article. */
    String description() {
        return description;
    }

    /** The file that a store of this kind is recognised by. */
    String mark() {
        return mark;
    }

    /** The kinds whose store is recognised by one file alone. */
    static List<StoreKind> recognisedByFile() {
        return Arrays.asList(LEVELDB, PAGES, LOGS);
    }

    /** Opens the store in {@code home} for reading. */
    OpenStore openToRead(Path home) {
        return switch (this) {
            case BTREE, LSM -> CrashSafeAccess.openToRead(this, home);
            case HYBRID -> HybridAccess.openToRead(home);
            case LEVELDB -> LsmAccess.openToRead(home);
            case PAGES -> PagesAccess.openToRead(home);
            case LOGS -> LogsAccess.openToRead(home);
        };
    }

    /** Opens the store in {@code home} for writing, and makes it if there is none. */
    OpenStore openToWrite(Path home) {
        return switch (this) {
            case BTREE, LSM -> CrashSafeAccess.openToWrite(this, home);
            case HYBRID -> HybridAccess.openToWrite(home);
            case LEVELDB -> LsmAccess.openToWrite(home);
            case PAGES -> PagesAccess.openToWrite(home);
            case LOGS -> LogsAccess.openToWrite(home);
        };
    }

    /** Reads everything in the store in {@code home}, which is not open, and says what is damaged. */
    Verdict verify(Path home) {
        return switch (this) {
            case BTREE, LSM -> CrashSafeAccess.verify(this, home);
            case HYBRID -> HybridAccess.verify(home);
            case LEVELDB -> LsmAccess.verify(home);
            case PAGES -> PagesAccess.verify(home);
            case LOGS -> LogsAccess.verify(home);
        };
    }

    /** The name that {@code --engine} has for it. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
