package storagelab.grader.kv;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The commands of the shell, by name. One that is added here is in the help, in the completion and on the command line. */
final class KvCommands {
    /** A command: what it takes, what it does in one line, and how it is made. */
    record Command(String takes, String does, Class<? extends KvAction> type, Function<KvSession, KvAction> make) {}

    /** In the order of the help. */
    private static final ImmutableMap<String, Command> ALL = ImmutableMap.<String, Command>builder()
            .put("put", new Command("KEY VALUE", "store a value", PutAction.class, PutAction::new))
            .put("get", new Command("KEY", "print the value of a key", GetAction.class, GetAction::new))
            .put("delete", new Command("KEY", "remove a key and its value", DeleteAction.class, DeleteAction::new))
            .put("scan", new Command("[FROM [TO]]", "print entries in order", ScanAction.class, ScanAction::new))
            .put("load", new Command("[FILE]", "store the entries of a file", LoadAction.class, LoadAction::new))
            .put(
                    "size",
                    new Command("[FROM [TO]]", "say how much room entries take", SizeAction.class, SizeAction::new))
            .put("stats", new Command("", "say what the store consists of", StatsAction.class, StatsAction::new))
            .put(
                    "verify",
                    new Command("", "read everything, and name all damage", VerifyAction.class, VerifyAction::new))
            .put("checkpoint", new Command("", "cut the log", CheckpointAction.class, CheckpointAction::new))
            .put("compact", new Command("", "merge the tables", CompactAction.class, CompactAction::new))
            .put("repair", new Command("", "rebuild a damaged store", RepairAction.class, RepairAction::new))
            .put(
                    "serve",
                    new Command("[--port N]", "serve it to clients of Redis", ServeAction.class, ServeAction::new))
            .put("bench", new Command("", "measure puts, gets and scans", BenchAction.class, BenchAction::new))
            .put("query", new Command("STATEMENT", "execute SQL", SqlAction.Query.class, SqlAction.Query::new))
            .put(
                    "explain",
                    new Command("STATEMENT", "say how it is executed", SqlAction.Explain.class, SqlAction.Explain::new))
            .put(
                    "analyze",
                    new Command(
                            "[TABLE...]", "learn about the tables", SqlAction.Analyze.class, SqlAction.Analyze::new))
            .put("tables", new Command("[TABLE]", "describe the tables", TablesAction.class, TablesAction::new))
            .put(
                    "begin",
                    new Command("", "begin a transaction", TransactionAction.Begin.class, TransactionAction.Begin::new))
            .put(
                    "commit",
                    new Command(
                            "",
                            "make its writes durable",
                            TransactionAction.Commit.class,
                            TransactionAction.Commit::new))
            .put(
                    "rollback",
                    new Command(
                            "",
                            "give its writes up",
                            TransactionAction.Rollback.class,
                            TransactionAction.Rollback::new))
            .build();

    private KvCommands() {}

    /** All of them. */
    static Map<String, Command> all() {
        return ALL;
    }

    /** The command called {@code name}. */
    static Optional<Command> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The name of the command that {@code action} is. */
    static String nameOf(KvAction action) {
        return ALL.entrySet().stream()
                .filter(entry -> entry.getValue().type() == action.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
