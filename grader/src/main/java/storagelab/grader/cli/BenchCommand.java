package storagelab.grader.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.bench.BenchmarkCatalog;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.Plan;
import storagelab.grader.compile.LabCompiler;
import storagelab.grader.compile.LabCompiler.Build;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Lab;
import storagelab.grader.model.BenchmarkPoints;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.CompileError;
import storagelab.grader.report.BenchmarkTable;
import storagelab.grader.report.JsonReport;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.workspace.Workspace;

/** {@code lab bench}: what the code costs and how fast it is, beside the reference. */
@Command(
        name = "bench",
        description = {
            "Count what your code costs, then time it beside the reference, each in JVMs of its own and in turn.",
            "In the checkout the reference is measured against itself, which shows how noisy the machine is."
        })
public final class BenchCommand extends Subcommand {
    private static final int FIRST_LAB_WITH_PEERS = 4;

    @Parameters(paramLabel = "LAB", description = "Number of the lab.")
    private int lab;

    @Option(
            names = "--against",
            paramLabel = "WHOM",
            defaultValue = "reference",
            description = "reference, or peers: other engines, from lab 4 on. Default: ${DEFAULT-VALUE}.")
    private Against against = Against.REFERENCE;

    @Option(names = "--quick", description = "A third of the time, for a first impression: the intervals are wide.")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "N", description = "Ask the same questions as a run with that seed.")
    private @Nullable Long seed;

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
        /** Other engines. */
        PEERS
    }

    @Override
    protected int run() throws Exception {
        if (against == Against.PEERS && lab < FIRST_LAB_WITH_PEERS) {
            context.out().println("Lab " + lab + " has no peers: other engines to compare with come with lab 4.");
            return 0;
        }
        if (BenchmarkCatalog.of(lab).isEmpty()) {
            throw LabException.usage("Lab " + lab + " has no benchmarks.", "Try ./lab bench 1.");
        }
        long chosenSeed = seed != null ? seed : RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE);
        LabBenchmarks.Request request = request(chosenSeed);
        Console console = new Console(context);
        LabBenchmarks benchmarks = new LabBenchmarks(
                quick ? Plan.quick() : Plan.standard(), title -> console.progress("measuring: " + title));
        List<BenchmarkResult> results = benchmarks.measure(request, new PlainSandbox());
        console.progressDone();
        context.out().print(json ? json(request, results) : table(request, results));
        return 0;
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

    private String table(LabBenchmarks.Request request, List<BenchmarkResult> results) {
        String whose = context.workspace().isPresent() ? "your code" : "the reference";
        String compared = request.reference().isEmpty()
                ? " alone, for a handout has no reference to compare it with"
                : " against the reference";
        String again = "./lab bench " + lab + (quick ? " --quick" : "") + " --seed " + request.seed();
        return "Lab " + lab + ", " + whose + compared + ", JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors\n"
                + BenchmarkTable.render(results) + "\n" + BenchmarkPoints.words() + "\nagain: " + again + "\n";
    }

    private String json(LabBenchmarks.Request request, List<BenchmarkResult> results) {
        JsonObject root = new JsonObject();
        root.addProperty("lab", lab);
        root.addProperty("against", request.reference().isEmpty() ? null : "reference");
        root.addProperty("seed", request.seed());
        root.addProperty("jdk", Runtime.version().toString());
        root.addProperty("quick", quick);
        root.add("benchmarks", JsonReport.benchmarks(results));
        return Json.of(root) + "\n";
    }
}
