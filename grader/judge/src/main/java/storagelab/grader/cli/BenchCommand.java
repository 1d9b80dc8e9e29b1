package storagelab.grader.cli;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.bench.BenchmarkCatalog;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.LabRivals;
import storagelab.grader.bench.Plan;
import storagelab.grader.bench.RivalBenchmark;
import storagelab.grader.compile.LabCompiler;
import storagelab.grader.compile.LabCompiler.Build;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Lab;
import storagelab.grader.model.BenchmarkPoints;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.RivalResult;
import storagelab.grader.report.BenchmarkTable;
import storagelab.grader.report.JsonReport;
import storagelab.grader.report.PeersJson;
import storagelab.grader.report.RivalTable;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.workspace.Workspace;

/** {@code lab bench}: what the code costs and how fast it is, beside the reference. */
@Command(
        name = "bench",
        description = {
            "Count what your code costs, then time it next to the reference, each in JVMs of its own and in turn; then"
                    + " beside structures of the JDK, where the lab has rivals there.",
            "With --against peers: whole engines over the same workloads, ours and others.",
            "In the checkout the reference is measured against itself, which shows how noisy the machine is."
        })
public final class BenchCommand extends Subcommand {
    @Parameters(paramLabel = "LAB", description = "Number of the lab.")
    private int lab;

    @Option(
            names = "--against",
            paramLabel = "WHOM",
            split = ",",
            description = "reference, rivals (structures of the JDK), or peers (whole engines; from lab 3 on)."
                    + " Default: reference,rivals.")
    private Set<Against> against = new TreeSet<>();

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "Only these, such as 3.tree; a beginning is enough.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write bench.txt and bench.json into this directory, too.")
    private @Nullable Path out;

    @Option(names = "--quick", description = "A third of the time, for a first impression: the intervals are wide.")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "N", description = "Ask the same questions as a run with that seed.")
    private @Nullable Long seed;

    @Mixin
    private EngineComparison peers = EngineComparison.find();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    /** A command that runs in {@code context}. */
    public BenchCommand(LabContext context) {
        super(context);
    }

    /** What to compare with. */
    enum Against {
        /** The course's own solution. */
        REFERENCE,
        /** Structures of the JDK. */
        RIVALS,
        /** Other engines. */
        PEERS
    }

    /** What was printed so far, or would have been. */
    private final StringBuilder said = new StringBuilder();

    @Override
    protected int run() throws Exception {
        if (against.isEmpty()) {
            against.addAll(List.of(Against.REFERENCE, Against.RIVALS));
        }
        boolean jmh = against.contains(Against.REFERENCE) || against.contains(Against.RIVALS);
        if (jmh && BenchmarkCatalog.of(lab).isEmpty()) {
            throw LabException.usage("Lab " + lab + " has no benchmarks.", "Try ./lab bench 1.");
        }
        if (against.contains(Against.PEERS) && !peers.hasEngine(lab)) {
            throw LabException.usage(
                    "Lab " + lab + " has no engine to compare with others.", "Try ./lab bench 4 --against peers.");
        }
        long chosenSeed = seed != null ? seed : RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE);
        LabBenchmarks.Request request = request(chosenSeed);
        Figures figures = jmh ? measure(request) : new Figures(List.of(), List.of());
        PeersResult engines = against.contains(Against.PEERS) ? peers.run(context, request, quick, this::say) : null;
        say("\nagain: " + again(request) + "\n");
        String document = json(request, figures, engines);
        if (json) {
            context.out().print(document);
        }
        if (out != null) {
            Files.createDirectories(out);
            Files.writeString(out.resolve("bench.txt"), said);
            Files.writeString(out.resolve("bench.json"), document);
        }
        return 0;
    }

    /** What was measured. */
    private record Figures(List<BenchmarkResult> benchmarks, List<RivalResult> rivals) {}

    private Figures measure(LabBenchmarks.Request request) {
        Console console = new Console(context);
        Consumer<String> progress = title -> console.progress("measuring: " + title);
        List<BenchmarkSpec> specs = against.contains(Against.REFERENCE)
                ? BenchmarkCatalog.of(lab).stream()
                        .filter(spec -> isWanted(spec.id()))
                        .toList()
                : List.of();
        List<RivalBenchmark> compared = against.contains(Against.RIVALS)
                ? BenchmarkCatalog.rivals(lab).stream()
                        .filter(rival -> isWanted(rival.id()))
                        .toList()
                : List.of();
        if (specs.isEmpty() && compared.isEmpty()) {
            throw LabException.usage(
                    "Lab " + lab + " has no such benchmark.", "There are " + String.join(", ", ids()) + ".");
        }
        String whose = context.workspace().isPresent() ? "your code" : "the reference";
        say(heading(whose, !specs.isEmpty(), request));
        PlainSandbox sandbox = new PlainSandbox();
        List<BenchmarkResult> benchmarks =
                new LabBenchmarks(quick ? Plan.quick() : Plan.standard(), progress).measure(request, specs, sandbox);
        console.progressDone();
        if (!benchmarks.isEmpty()) {
            say(BenchmarkTable.render(benchmarks) + "\n" + BenchmarkPoints.describe() + "\n");
        }
        if (!compared.isEmpty()) {
            say("\nRivals: " + whose + " beside the JDK's, each in JVMs of its own and in turn\n");
        }
        // Minutes each: what has been measured is shown, and is not lost when somebody ends the rest.
        Consumer<RivalResult> done = result -> {
            console.progressDone();
            say(RivalTable.render(result));
        };
        LabRivals rivals = quick ? LabRivals.quick(progress, done) : LabRivals.standard(progress, done);
        return new Figures(benchmarks, rivals.measure(request, compared, sandbox));
    }

    /** Prints {@code text}, unless only JSON is wanted, and remembers it. */
    private void say(String text) {
        said.append(text);
        if (!json) {
            context.out().print(text);
            context.out().flush();
        }
    }

    private boolean isWanted(String id) {
        return only.isEmpty() || only.stream().anyMatch(id::startsWith);
    }

    private List<String> ids() {
        return Stream.concat(
                        BenchmarkCatalog.of(lab).stream().map(BenchmarkSpec::id),
                        BenchmarkCatalog.rivals(lab).stream().map(RivalBenchmark::id))
                .toList();
    }

    private LabBenchmarks.Request request(long chosenSeed) throws IOException {
        Optional<Workspace> workspace = context.workspace();
        List<Path> reference = context.checkout().isPresent() ? referenceClasses() : List.of();
        List<Path> student = workspace.isPresent() ? compile(workspace.get()) : referenceClasses();
        return new LabBenchmarks.Request(lab, student, reference, chosenSeed);
    }

    /** The lab and the labs below it, lowest first. */
    private List<String> modules() {
        return context.course().labs().stream()
                .filter(candidate -> candidate.number() <= lab)
                .map(Lab::module)
                .toList();
    }

    private List<Path> referenceClasses() {
        Path home = context.requireCheckout("Measuring without a workspace");
        List<Path> directories = new ArrayList<>();
        for (String module : modules()) {
            Path classes = home.resolve(module).resolve("target").resolve("classes");
            if (!Files.isDirectory(classes)) {
                throw new LabException(
                        "The reference of " + module + " is not built.",
                        "Run mvn -q package -DskipTests in " + home + ".");
            }
            directories.add(classes);
        }
        return directories;
    }

    private List<Path> compile(Workspace workspace) throws IOException {
        LabCompiler compiler = new LabCompiler(workspace.root(), workspace.metadata(), Libraries.ofThisTool());
        List<Path> directories = new ArrayList<>();
        List<String> below = new ArrayList<>();
        for (String module : modules()) {
            Build build = compiler.compile(module, below);
            for (CompileError error : build.errors()) {
                context.err().println(error.place() + ": " + error.message());
            }
            if (!build.broken().isEmpty()) {
                context.err().println("What does not compile is measured as it was handed out.");
            }
            directories.add(build.classes());
            below.add(module);
        }
        return directories;
    }

    private String heading(String whose, boolean besideTheReference, LabBenchmarks.Request request) {
        String compared = request.reference().isEmpty()
                ? " alone, for a handout has no reference to compare it with"
                : " against the reference";
        return "Lab %d, %s%s, JDK %s, %d processors%n"
                .formatted(
                        lab,
                        whose,
                        besideTheReference ? compared : "",
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors());
    }

    private String again(LabBenchmarks.Request request) {
        StringBuilder command = new StringBuilder("./lab bench ").append(lab);
        if (against.size() == 1) {
            command.append(" --against ")
                    .append(against.iterator().next().name().toLowerCase(Locale.ROOT));
        }
        command.append(only.isEmpty() ? "" : " --only " + String.join(",", only));
        command.append(peers.again());
        command.append(quick ? " --quick" : "");
        return command.append(" --seed ").append(request.seed()).toString();
    }

    private String json(LabBenchmarks.Request request, Figures figures, @Nullable PeersResult engines) {
        JsonObject root = new JsonObject();
        root.addProperty("lab", lab);
        root.addProperty("against", request.reference().isEmpty() ? null : "reference");
        root.addProperty("seed", request.seed());
        root.addProperty("jdk", Runtime.version().toString());
        root.addProperty("quick", quick);
        root.add("benchmarks", JsonReport.benchmarks(figures.benchmarks()));
        root.add("rivals", JsonReport.rivals(figures.rivals()));
        root.add("peers", engines == null ? JsonNull.INSTANCE : PeersJson.of(engines));
        return Json.of(root) + "\n";
    }
}
