package storagelab.grader.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import storagelab.grader.kv.KvOptions;
import storagelab.grader.kv.KvProcess;
import storagelab.grader.kv.KvShell;

/** {@code lab kv}: uses a store from a shell. */
@Command(
        name = "kv",
        customSynopsis = "lab kv DIR [COMMAND ARGUMENT...]",
        description = {
            "Use the store in DIR, of any kind: a crash-safe store of lab 6, an LSM tree",
            "of lab 5 or a database that LevelDB has written, a B+tree of lab 4, a store",
            "of labs 1 to 3. Without COMMAND, a session: one command after the other.",
            "",
            "  put KEY VALUE     store a value; it is on the disk when put returns",
            "  get KEY           print the value",
            "  delete KEY        remove the key",
            "  scan [FROM [TO]]  print the entries from FROM up to, and without, TO",
            "  load [FILE]       store the entries of a file, or of standard input",
            "  query STATEMENT   execute SQL; explain STATEMENT says how",
            "  analyze [TABLE]   learn about the tables, for the planner",
            "  tables [TABLE]    describe the tables",
            "  size [FROM [TO]]  print how much room these entries take",
            "  stats             print what the store consists of",
            "  verify            read everything, and name all that is damaged",
            "  checkpoint        make everything durable without the log, and cut it",
            "  compact           merge everything into one sorted run",
            "  repair            rebuild a leveldb store from its tables and logs",
            "  serve             serve the store to clients of Redis",
            "  bench             measure puts, gets and scans",
            "",
            "Each explains itself with ./lab kv DIR COMMAND --help.",
            "",
            "Keys and values are UTF-8 text with escapes, in the arguments and in what is",
            "printed, so that what is printed can be given back: \\\\ is a backslash, \\t a",
            "tab, \\n a line feed, \\r a carriage return, \\xNN the byte NN. With --hex they",
            "are hexadecimal digits, with --raw the bytes themselves. Write -- before an",
            "argument that begins with a hyphen.",
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
    private static final Set<String> HELP = Set.of("-h", "--help");

    private final KvProcess process;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the store. put and load make one.")
    private Path directory = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    @Mixin
    private KvOptions options = new KvOptions();

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description =
                    "Where a session keeps its lines (default: LAB_KV_HISTORY, or storagelab/kv_history in the"
                            + " directory for the state of programs, XDG_STATE_HOME or ~/.local/state). An empty name keeps none.")
    private @Nullable String history;

    /** Runs in {@code context}. */
    public KvCommand(LabContext context) {
        this(context, KvProcess.current());
    }

    /** Runs in {@code context} and takes bytes from {@code process}. */
    KvCommand(LabContext context, KvProcess process) {
        super(context);
        this.process = process;
    }

    /** What follows the directory belongs to the command, options as well. */
    @Spec
    void stopAtDirectory(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    protected int run() {
        if (!words.isEmpty() && HELP.contains(words.get(0))) {
            new CommandLine(this).usage(context.out());
            return 0;
        }
        return new KvShell(context, process, options, history).run(directory, words);
    }
}
