package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.WriteBatch;
import storagelab.grader.LabException;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmRecoveryReport;
import storagelab.lsm.LsmRepair;
import storagelab.lsm.LsmStore;
import storagelab.manifest.VersionSet;

/** {@code lab kv}: uses the LSM tree of lab 5, or a database of LevelDB, from a shell. */
@Command(
        name = "kv",
        description = {
            "Use a store from the shell: the log-structured merge tree of lab 5, or a database that LevelDB has written.",
            "",
            "  put KEY VALUE    store a value; it is on the disk when the command returns",
            "  get KEY          print the value",
            "  delete KEY       remove the key",
            "  scan [FROM [TO]] print the entries from FROM up to, and without, TO",
            "  stats            print what the store consists of",
            "  verify           read all tables and prove that they fit together",
            "  compact          merge everything into one sorted run, which LevelDB can read",
            "  repair           make the store again out of its tables and logs; the old files go to DIR/lost"
        })
public final class KvCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the store. put makes one.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "ACTION", description = "What to do, see above.")
    private String action = "";

    @Parameters(
            index = "2..*",
            paramLabel = "ARGUMENT",
            arity = "0..*",
            description = "What the action takes, as text.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "scan: print no more than N entries (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    /** Runs in {@code context}. */
    public KvCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Path home = context.directory().resolve(directory).normalize();
        try {
            return switch (action.toLowerCase(Locale.ROOT)) {
                case "put" -> put(home, argument(0, "KEY"), argument(1, "VALUE"));
                case "get" -> get(home, argument(0, "KEY"));
                case "delete" -> write(home, new WriteBatch().delete(argument(0, "KEY")));
                case "scan" -> scan(home);
                case "stats" -> stats(home);
                case "verify" -> verify(home);
                case "compact" -> compact(home);
                case "repair" -> repair(home);
                default ->
                    throw LabException.usage(
                            "There is no action '" + action + "'.", "See ./lab kv --help for those there are.");
            };
        } catch (StorageException e) {
            throw new LabException(
                    "The store says: " + e.getMessage() + ".",
                    "If its files are damaged, ./lab kv " + directory + " repair keeps what can be read.");
        }
    }

    private Slice argument(int index, String what) {
        if (index >= arguments.size()) {
            throw LabException.usage(
                    "The action " + action + " needs a " + what + ".", "See ./lab kv --help for what it takes.");
        }
        return Slice.utf8(arguments.get(index));
    }

    /** The store in {@code home}, which has to be there, for reading: nothing in it is changed. */
    private LsmStore openToRead(Path home) {
        return open(home, false);
    }

    private LsmStore open(Path home, boolean writes) {
        if (!VersionSet.exists(home)) {
            throw new LabException(
                    "There is no store in " + context.shown(home) + ".",
                    Files.isDirectory(home)
                            ? "put makes one; if its file CURRENT is lost, repair makes it again."
                            : "./lab kv " + directory + " put KEY VALUE makes one.");
        }
        LsmStore store = writes
                ? LsmStore.open(home, LsmOptions.defaults())
                : LsmStore.openReadOnly(home, LsmOptions.defaults());
        for (LsmRecoveryReport.Dropped dropped : store.recoveryReport().dropped()) {
            context.err()
                    .printf(
                            "Not read: %s from byte %d on: %s.%n",
                            dropped.log().getFileName(), dropped.offset(), dropped.reason());
        }
        return store;
    }

    private int put(Path home, Slice key, Slice value) {
        WriteBatch batch = new WriteBatch().put(key, value);
        if (VersionSet.exists(home)) {
            return write(home, batch);
        }
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            store.write(batch, Durability.SYNCED);
        }
        return 0;
    }

    private int write(Path home, WriteBatch batch) {
        try (LsmStore store = open(home, true)) {
            store.write(batch, Durability.SYNCED);
        }
        return 0;
    }

    private int get(Path home, Slice key) {
        try (LsmStore store = openToRead(home)) {
            Optional<Slice> value = store.get(key);
            if (value.isEmpty()) {
                throw new LabException("There is no key " + key + ".", "scan prints those there are.");
            }
            context.out().println(value.get());
            return 0;
        }
    }

    private int scan(Path home) {
        KeyRange range = range();
        PrintWriter out = context.out();
        try (LsmStore store = openToRead(home);
                Cursor cursor = store.cursor(range)) {
            int left = limit;
            for (cursor.seekToFirst(); cursor.isValid() && left > 0; cursor.next(), left--) {
                out.println(cursor.key() + "\t" + cursor.value());
            }
            if (cursor.isValid()) {
                context.err().println("There is more: --limit N prints more than " + limit + ".");
            }
        }
        return 0;
    }

    private KeyRange range() {
        if (arguments.size() < 2) {
            return arguments.isEmpty() ? KeyRange.all() : KeyRange.from(argument(0, "FROM"));
        }
        Slice from = argument(0, "FROM");
        Slice to = argument(1, "TO");
        if (from.compareTo(to) > 0) {
            throw LabException.usage(from + " comes after " + to + ".", "Say the smaller key first.");
        }
        return KeyRange.of(from, to);
    }

    private int stats(Path home) {
        PrintWriter out = context.out();
        try (LsmStore store = openToRead(home)) {
            out.println("tables: " + store.version());
            out.printf(
                    "in memory: %,d bytes; from the log: %,d operations%n",
                    store.stats().get(Metric.MEMTABLE_BYTES),
                    store.recoveryReport().operations());
        }
        return 0;
    }

    private int verify(Path home) {
        try (LsmStore store = openToRead(home)) {
            store.verify();
            context.out().println("All tables are whole and fit together: " + store.version() + ".");
        }
        return 0;
    }

    private int compact(Path home) {
        try (LsmStore store = open(home, true)) {
            store.compactAll();
            context.out().println("Merged: " + store.version() + ".");
        }
        return 0;
    }

    private int repair(Path home) {
        if (!Files.isDirectory(home)) {
            throw new LabException("There is no directory " + context.shown(home) + ".", "Look at its name.");
        }
        LsmRepair.Report report = LsmRepair.repair(home, LsmOptions.defaults());
        PrintWriter out = context.out();
        out.printf("%,d keys out of %d tables are in the store again.%n", report.keys(), report.tables());
        for (LsmRecoveryReport.Dropped dropped : report.dropped()) {
            out.printf(
                    "Not read: %s from byte %d on: %s.%n",
                    dropped.log().getFileName(), dropped.offset(), dropped.reason());
        }
        out.printf("What it was made from is in %s.%n", context.shown(home.resolve(LsmRepair.LOST)));
        return 0;
    }
}
