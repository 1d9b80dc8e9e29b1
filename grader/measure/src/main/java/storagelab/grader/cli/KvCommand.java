package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.PickerText;
import storagelab.grader.LabException;
import storagelab.lsm.LsmCheck;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmRecoveryReport;
import storagelab.lsm.LsmRepair;
import storagelab.lsm.LsmStore;
import storagelab.lsm.StoreShape;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.SortedRun;

/** {@code lab kv}: uses the LSM tree of lab 5, or a database of LevelDB, from a shell. */
@Command(
        name = "kv",
        description = {
            "Use a store from the shell: the log-structured merge tree of lab 5, or a database that LevelDB has written.",
            "",
            "  put KEY VALUE    store a value; it is on the disk when the command returns",
            "  get KEY          print the value",
            "  delete KEY       remove the key",
            "  scan [FROM [TO]] print the entries from FROM up to, and without, TO: key, tab, value",
            "  size [FROM [TO]] print about how many bytes of tables the keys from FROM up to, and without, TO take",
            "  stats            print what the store consists of",
            "  verify           read manifest, tables and logs, and name all that is damaged",
            "  compact          merge everything into one sorted run",
            "  repair           rebuild the store from its tables and logs; the old files go to DIR/lost",
            "",
            "get, scan, size, stats and verify change nothing in the directory, and work on a read-only file system.",
            "",
            "Keys and values are UTF-8 text with escapes, in the arguments and in what is printed, so that what is printed",
            "can be given back: \\\\ is a backslash, \\t a tab, \\n a line feed, \\r a carriage return, \\xNN the byte NN.",
            "With --hex they are hexadecimal digits instead. Write -- before an argument that begins with a hyphen.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:get: the key is not there. verify: something is damaged",
            "2:the work could not be done; the message says why",
            "64:called wrongly"
        })
public final class KvCommand extends Subcommand {
    private static final int NOT_SO = 1;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the store. put makes one.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "ACTION", description = "What to do, see above.")
    private String action = "";

    @Parameters(
            index = "2..*",
            paramLabel = "ARGUMENT",
            arity = "0..*",
            description = "The keys and the value that the action takes.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "scan: print at most N entries (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    @Option(names = "--hex", description = "Keys and values are hexadecimal digits, given and printed.")
    private boolean isHex;

    @Option(
            names = "--json",
            description =
                    "get, scan, size, stats, verify: print JSON; scan prints one object a line. Keys and values are"
                            + " strings, with the same escapes or digits.")
    private boolean isJson;

    @Option(
            names = "--leveldb",
            description =
                    "compact: merge by levels from now on, whatever picker the store had, so that LevelDB reads it.")
    private boolean isForLevelDb;

    /** Runs in {@code context}. */
    public KvCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Path home = context.directory().resolve(directory).normalize();
        KvProblems problems = new KvProblems(context, directory, home);
        try {
            return switch (action.toLowerCase(Locale.ROOT)) {
                case "put" -> {
                    arguments(2, "KEY", "VALUE");
                    yield write(home, problems, new WriteBatch().put(argument(0, "KEY"), argument(1, "VALUE")));
                }
                case "delete" -> {
                    arguments(1, "KEY");
                    yield write(home, problems, new WriteBatch().delete(argument(0, "KEY")));
                }
                case "get" -> {
                    arguments(1, "KEY");
                    yield get(home, problems, argument(0, "KEY"));
                }
                case "scan" -> {
                    arguments(0, "FROM", "TO");
                    yield scan(home, problems, range());
                }
                case "size" -> {
                    arguments(0, "FROM", "TO");
                    yield size(home, problems, range());
                }
                case "stats" -> {
                    arguments(0);
                    yield stats(home, problems);
                }
                case "verify" -> {
                    arguments(0);
                    yield verify(home, problems);
                }
                case "compact" -> {
                    arguments(0);
                    yield compact(home, problems);
                }
                case "repair" -> {
                    arguments(0);
                    yield repair(home);
                }
                default ->
                    throw LabException.usage(
                            "There is no action '" + action + "'.", "See ./lab kv --help for those there are.");
            };
        } catch (StorageException e) {
            throw problems.of(e);
        }
    }

    /** Checks that there are as many arguments as the action takes: those called {@code names}, the first ones always. */
    private void arguments(int atLeast, String... names) {
        int count = arguments.size();
        if (count < atLeast) {
            throw LabException.usage(
                    "The action " + action + " needs a " + names[count] + ".",
                    "See ./lab kv --help for what it takes.");
        }
        if (count > names.length) {
            throw LabException.usage(
                    "The action " + action + " takes "
                            + (names.length == 0 ? "no arguments" : String.join(" and ", names) + " only")
                            + ", and '" + arguments.get(names.length) + "' is one too many.",
                    "Put what has spaces in it between quotes.");
        }
    }

    private Slice argument(int index, String name) {
        return text().parse(arguments.get(index), name);
    }

    private KvText text() {
        return isHex ? KvText.HEX : KvText.ESCAPED;
    }

    private LsmStore openToRead(Path home, KvProblems problems) {
        if (problems.contents() == KvProblems.Contents.NONE) {
            throw problems.none();
        }
        LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults());
        dropped(store.recoveryReport().dropped(), "");
        return store;
    }

    private LsmStore openToWrite(Path home, KvProblems problems, LsmOptions options) {
        if (problems.contents() == KvProblems.Contents.NONE) {
            throw problems.none();
        }
        return writable(home, options);
    }

    private LsmStore writable(Path home, LsmOptions options) {
        LsmStore store = LsmStore.open(home, options);
        dropped(
                store.recoveryReport().dropped(),
                " A copy of the log is in " + context.shown(home.resolve(LsmRepair.LOST)) + ".");
        return store;
    }

    private void dropped(List<LsmRecoveryReport.Dropped> parts, String consequence) {
        for (LsmRecoveryReport.Dropped part : parts) {
            context.err()
                    .printf(
                            "Not read: %s from byte %d on: %s.%s%n",
                            part.log().getFileName(), part.offset(), part.reason(), consequence);
        }
    }

    private int write(Path home, KvProblems problems, WriteBatch batch) {
        boolean makesStore = action.equalsIgnoreCase("put") && problems.contents() == KvProblems.Contents.NONE;
        try (LsmStore store = makesStore
                ? writable(home, LsmOptions.defaults())
                : openToWrite(home, problems, LsmOptions.defaults())) {
            store.write(batch, Durability.SYNCED);
        }
        return 0;
    }

    private int get(Path home, KvProblems problems, Slice key) {
        try (LsmStore store = openToRead(home, problems)) {
            Optional<Slice> value = store.get(key);
            if (value.isEmpty()) {
                context.err().println("There is no key " + text().print(key) + ".");
                context.err().println("./lab kv " + directory + " scan prints those there are.");
                return NOT_SO;
            }
            context.out().println(isJson ? Json.of(entry(key, value.get())) : text().print(value.get()));
            return 0;
        }
    }

    private Map<String, Object> entry(Slice key, Slice value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", text().print(key));
        entry.put("value", text().print(value));
        return entry;
    }

    private int scan(Path home, KvProblems problems, KeyRange range) {
        PrintWriter out = context.out();
        try (LsmStore store = openToRead(home, problems);
                Cursor cursor = store.cursor(range)) {
            int left = limit;
            for (cursor.seekToFirst(); cursor.isValid() && left > 0; cursor.next(), left--) {
                out.println(
                        isJson
                                ? Json.line(entry(cursor.key(), cursor.value()))
                                : text().print(cursor.key()) + "\t" + text().print(cursor.value()));
            }
            if (cursor.isValid()) {
                context.err().println("There is more: --limit N prints more than " + limit + ".");
            }
        }
        return 0;
    }

    private KeyRange range() {
        if (limit < 0) {
            throw LabException.usage("--limit is " + limit + ".", "Give it a number of entries, from 0 on.");
        }
        if (arguments.size() < 2) {
            return arguments.isEmpty() ? KeyRange.all() : KeyRange.from(argument(0, "FROM"));
        }
        Slice from = argument(0, "FROM");
        Slice to = argument(1, "TO");
        if (from.compareTo(to) > 0) {
            throw LabException.usage(
                    text().print(from) + " comes after " + text().print(to) + ".", "Give the smaller key first.");
        }
        return KeyRange.of(from, to);
    }

    private int size(Path home, KvProblems problems, KeyRange range) {
        try (LsmStore store = openToRead(home, problems)) {
            long bytes = store.approximateBytes(range);
            long operations = store.recoveryReport().operations();
            if (isJson) {
                Map<String, Object> size = new LinkedHashMap<>();
                size.put("tableBytes", bytes);
                size.put("logOperations", operations);
                context.out().println(Json.of(size));
                return 0;
            }
            context.out().printf("about %,d bytes of tables%n", bytes);
            if (operations > 0) {
                context.out().printf("not counted, since they are only in the log: %,d operations%n", operations);
            }
        }
        return 0;
    }

    private int stats(Path home, KvProblems problems) {
        PrintWriter out = context.out();
        try (LsmStore store = openToRead(home, problems)) {
            long memory = store.stats().get(Metric.MEMTABLE_BYTES);
            long operations = store.recoveryReport().operations();
            if (isJson) {
                out.println(Json.of(statistics(store, shape(home), memory, operations)));
                return 0;
            }
            out.println("tables: " + store.version());
            out.printf("in memory: %,d bytes; from the log: %,d operations%n", memory, operations);
            out.println("merged by: " + shape(home));
        }
        return 0;
    }

    private static Map<String, Object> statistics(LsmStore store, String shape, long memory, long operations) {
        List<Map<String, Object>> runs = new ArrayList<>();
        for (SortedRun run : store.version().runs()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("level", run.level());
            one.put("tables", run.files().size());
            one.put("bytes", run.sizeBytes());
            runs.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tables", store.version().files().size());
        all.put("tableBytes", store.stats().get(Metric.TABLE_BYTES));
        all.put("runs", runs);
        all.put("memoryBytes", memory);
        all.put("logOperations", operations);
        all.put("lastSequence", store.lastSequence());
        all.put("picker", shape);
        return all;
    }

    /** The picker that the store remembers, or why that is not known. */
    private static String shape(Path home) {
        try {
            return PickerText.of(StoreShape.recall(home));
        } catch (StorageException e) {
            return "unknown, since " + e.getMessage();
        }
    }

    private int verify(Path home, KvProblems problems) {
        if (problems.contents() == KvProblems.Contents.NONE) {
            throw problems.none();
        }
        LsmCheck.Report report = LsmCheck.check(home, LsmOptions.defaults());
        PrintWriter out = context.out();
        if (isJson) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("whole", report.isWhole());
            all.put("tables", report.tables());
            all.put("entries", report.entries());
            all.put("logs", report.logs());
            all.put("operations", report.operations());
            all.put("findings", report.findings());
            out.println(Json.of(all));
            return report.isWhole() ? 0 : NOT_SO;
        }
        for (LsmCheck.Finding finding : report.findings()) {
            Path file = home.getFileSystem().getPath(finding.file());
            out.printf("Damaged: %s from byte %d on: %s.%n", file.getFileName(), finding.offset(), finding.reason());
        }
        String read = "%,d entries in %,d tables, %,d operations in %,d logs"
                .formatted(report.entries(), report.tables(), report.operations(), report.logs());
        if (report.isWhole()) {
            out.println("The store is whole, and its files fit together: " + read + ".");
            return 0;
        }
        context.err().println("The store is damaged; what could be read are " + read + ".");
        context.err()
                .println("./lab kv " + directory + " repair keeps what can be read, and moves the old files to lost.");
        return NOT_SO;
    }

    private int compact(Path home, KvProblems problems) {
        LsmOptions options =
                isForLevelDb ? LsmOptions.defaults().withPicker(LeveledPicker.defaults()) : LsmOptions.defaults();
        try (LsmStore store = openToWrite(home, problems, options)) {
            store.compactAll();
            context.out().println("Merged: " + store.version() + ".");
        }
        ManifestFormat format = StoreShape.recall(home).format();
        context.out()
                .println(
                        format == ManifestFormat.LEVELDB
                                ? "LevelDB can read it."
                                : "LevelDB cannot read it, because of its picker, " + shape(home)
                                        + ": compact --leveldb changes that.");
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
