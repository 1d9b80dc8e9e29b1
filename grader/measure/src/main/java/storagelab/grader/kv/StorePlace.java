package storagelab.grader.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import storagelab.api.StorageException;
import storagelab.btree.BTreeStore;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;
import storagelab.manifest.LsmFileNames;
import storagelab.recovery.DurableStore;
import storagelab.sortedlog.FileNames;

/**
 * The directory that the shell was called with, and what kind of store is in it. A store is recognised by one file that every
 * store of its kind has from its first moment on: {@code FORMAT} (lab 6), {@code CURRENT} (lab 5 and LevelDB), {@code tree.pages}
 * (lab 4), {@code TABLES} (labs 1 to 3).
 */
public final class StorePlace {
    private static final Set<String> FOLDERS_OF_A_STORE = Set.of("btree", "lsm", "hybrid", "log");

    /** What an interrupted creation, or a repair, leaves in a directory without a store. */
    private static final Set<String> LEFTOVERS = Set.of(
            "LOCK",
            "FORMAT.tmp",
            "btree",
            "lsm",
            "hybrid",
            "log",
            "lost",
            "LOG",
            "LOG.old",
            "tree.pages.new",
            "TABLES.tmp");

    private final LabContext context;
    private final Path typed;
    private final Path home;
    private final StoreProblems problems;

    /** The place that was called {@code typed} on the command line. */
    public StorePlace(LabContext context, Path typed) {
        this.context = context;
        this.typed = typed;
        Path path = context.directory().resolve(typed).normalize();
        this.home = isPageFile(path) ? path.resolveSibling("").normalize() : path;
        this.problems = new StoreProblems(context, typed, home);
    }

    /** Lab 4's store may be named by its one file. */
    private static boolean isPageFile(Path path) {
        return path.endsWith(BTreeStore.FILE_NAME) && Files.isRegularFile(path);
    }

    /** The directory. */
    Path home() {
        return home;
    }

    /** The directory as the user would type it. */
    String shown() {
        return context.shown(home);
    }

    /** The file called {@code name} in it, as the user would type it. */
    String shown(String name) {
        return context.shown(home.resolve(name));
    }

    /** The directory as the user typed it. */
    Path typed() {
        return typed;
    }

    /** What to say about errors of the store. */
    StoreProblems problems() {
        return problems;
    }

    /**
     * The kind of store that is there; nothing if there is none and one can be made.
     *
     * @throws LabException if that cannot be found out, or what is there must not be written over
     */
    Optional<StoreKind> kind() {
        try {
            if (!Files.readAttributes(home, BasicFileAttributes.class).isDirectory()) {
                throw new LabException(
                        shown() + " is a file, and a store is a directory.",
                        "Name the directory that has the store, or one that is to have it.");
            }
            checkNotInside();
            Optional<StoreKind> durable = DurableStore.engineOf(home).map(this::known);
            if (durable.isPresent()) {
                return durable;
            }
            for (StoreKind kind : StoreKind.recognisedByFile()) {
                if (isThere(home.resolve(kind.mark()))) {
                    return Optional.of(kind);
                }
            }
            checkNothingLost();
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NotDirectoryException e) {
            throw new LabException(shown() + " leads through a file.", "Look at its name: ls -ld " + typed + ".");
        } catch (IOException e) {
            throw problems.refused(e);
        } catch (StorageException e) {
            throw problems.of(e);
        }
    }

    private StoreKind known(String engine) {
        return StoreKind.ofEngine(engine)
                .orElseThrow(() -> new LabException(
                        shown() + " has the engine " + engine + ", which this program does not know.",
                        "Open it with the program that wrote it, or a newer one."));
    }

    /** The kind of store that is there, which the caller cannot do without. */
    StoreKind requiredKind() {
        return kind().orElseThrow(this::none);
    }

    /** There is no store to work on. */
    LabException none() {
        return new LabException(nothingThere(), makeOne());
    }

    /** As {@link #none}, for a call that could not have meant to make one. */
    LabException calledForNone() {
        return LabException.usage(nothingThere(), makeOne());
    }

    private String nothingThere() {
        return Files.isDirectory(home)
                ? "There is no store in " + shown() + "."
                : "There is no directory " + shown() + ".";
    }

    private String makeOne() {
        return "./lab kv " + typed + " put KEY VALUE makes a store there.";
    }

    /** Checks that a store can be made: that there is nothing there that belongs to something else. */
    void checkFree() {
        if (!Files.isDirectory(home)) {
            return;
        }
        try {
            List<Path> foreign = LsmFileNames.list(home).stream()
                    .filter(file -> !isLeftover(file.getFileName().toString()))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new LabException(
                        shown() + " is not a store and not empty: it has "
                                + foreign.get(0).getFileName() + ".",
                        "Name a directory that is empty or does not exist yet, and the store is made there.");
            }
        } catch (StorageException e) {
            throw problems.of(e);
        }
    }

    private static boolean isLeftover(String name) {
        return name.startsWith(".") || LEFTOVERS.contains(name) || name.endsWith(".dbtmp");
    }

    /** What a store of lab 6 keeps in folders of its own looks like a store, and is damaged by writes that are not in the log. */
    void checkNotInside() {
        Path name = home.getFileName();
        Path parent = home.getParent();
        if (name == null || parent == null || !FOLDERS_OF_A_STORE.contains(name.toString())) {
            return;
        }
        if (Files.exists(parent.resolve(StoreKind.BTREE.mark()))) {
            throw new LabException(
                    shown() + " is a part of the store in " + context.shown(parent) + ".",
                    "Name the store: ./lab kv "
                            + Optional.ofNullable(typed.getParent()).orElse(Path.of("..")) + " …");
        }
    }

    /** Tables without the file that says what belongs to the store: it is not empty, and must not be written over. */
    private void checkNothingLost() {
        List<Path> files = LsmFileNames.list(home);
        if (files.stream().anyMatch(StorePlace::isLsmTable)) {
            throw new LabException(
                    "The store in " + shown() + " has tables and no file CURRENT, which says what belongs to it.",
                    "./lab kv " + typed + " repair rebuilds it from its tables and logs.");
        }
        if (files.stream().anyMatch(FileNames::isTable)) {
            throw new LabException(
                    "The store in " + shown()
                            + " has tables and no file TABLES, which says which of them belong to it.",
                    "Restore TABLES from a copy of the directory; without it a deleted entry could come back.");
        }
    }

    /** Whether the files are those of a store of the kind leveldb, with or without the one that it is recognised by. */
    boolean isLsmPerhapsWithoutCurrent() {
        boolean isOther = Files.exists(home.resolve(StoreKind.BTREE.mark()))
                || Files.exists(home.resolve(StoreKind.PAGES.mark()))
                || Files.exists(home.resolve(StoreKind.LOGS.mark()));
        return !isOther
                && LsmFileNames.list(home).stream()
                        .anyMatch(file -> LsmFileNames.parse(file).isPresent() || file.endsWith(LsmFileNames.CURRENT));
    }

    private static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isLsmTable(Path file) {
        return LsmFileNames.parse(file)
                .filter(name -> name.kind() == LsmFileNames.Kind.TABLE)
                .isPresent();
    }
}
