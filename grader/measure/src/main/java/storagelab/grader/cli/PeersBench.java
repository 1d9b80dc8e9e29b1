package storagelab.grader.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.LabException;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.engine.EngineTask.Size;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.peers.EngineSpec;
import storagelab.grader.bench.peers.EngineSpec.Origin;
import storagelab.grader.bench.peers.PeerComparison;
import storagelab.grader.bench.peers.PeerComparison.Measured;
import storagelab.grader.bench.peers.PeerJudge;
import storagelab.grader.bench.peers.PeerLibraries;
import storagelab.grader.bench.peers.PeerPlan;
import storagelab.grader.compile.Libraries;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.PeersResult.Setup;
import storagelab.grader.report.PeersTable;

/** The part of {@code lab bench} that compares whole engines. */
final class PeersBench {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double BYTES_A_MEBIBYTE = 1 << 20;

    private final LabContext context;
    private final Console console;
    private final Consumer<String> say;

    /**
     * @param say prints a piece of text
     */
    PeersBench(LabContext context, Consumer<String> say) {
        this.context = context;
        this.console = new Console(context);
        this.say = say;
    }

    /** Compares {@code engines} with the labs' classes of {@code request}, and says what comes out. */
    PeersResult run(LabBenchmarks.Request request, PeerPlan plan, List<EngineSpec> engines)
            throws IOException, InterruptedException {
        Path checkout = context.requireCheckout("Comparing with other engines");
        Map<String, List<Path>> classPaths = new HashMap<>();
        String missing = classPaths(checkout, request, engines, classPaths);
        List<EngineSpec> possible = engines.stream()
                .filter(engine -> missing.isEmpty() || engine.origin() != Origin.PEER)
                .toList();
        if (possible.isEmpty()) {
            throw new LabException(missing, "Then try again, or name engines that are here, such as --engines ours.");
        }
        if (!missing.isEmpty()) {
            say.accept(missing + "\nThe other engines are left out.\n\n");
        }
        Size size = plan.size();
        Size large = plan.largeSize();
        Setup setup = new Setup(
                request.lab(),
                size.records(),
                size.cacheBytes(),
                large.records(),
                large.cacheBytes(),
                plan.rounds(),
                request.seed());
        say.accept(heading(setup, context.workspace().isPresent() ? "your code" : "the reference"));
        Path target = Files.createDirectories(checkout.resolve("grader/measure/peers/target"));
        Path directory = Files.createTempDirectory(target, "data");
        Thread sweeper = new Thread(() -> sweep(directory), "sweep-engines");
        Runtime.getRuntime().addShutdownHook(sweeper);
        try {
            PeerComparison comparison = new PeerComparison(
                    plan,
                    request.seed(),
                    type -> Objects.requireNonNull(classPaths.get(type)),
                    new Said(plan.rounds()));
            Measured measured = comparison.measure(possible, directory);
            List<EngineSpec> others = engines.stream()
                    .filter(engine -> !possible.contains(engine))
                    .toList();
            PeersResult result = PeerJudge.judge(setup, engines, measured.without(others, missing));
            console.progressDone();
            say.accept("\n" + PeersTable.render(result));
            return result;
        } finally {
            boolean unused = Runtime.getRuntime().removeShutdownHook(sweeper);
            sweep(directory);
        }
    }

    private static void sweep(Path directory) {
        try {
            PathUtils.deleteDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + directory, e);
        }
    }

    /**
     * Finds what the JVM of each engine loads.
     *
     * @param paths where that is put, by the type of the engine
     * @return why it is not enough for the engines of others; empty if it is
     */
    private String classPaths(
            Path checkout, LabBenchmarks.Request request, List<EngineSpec> engines, Map<String, List<Path>> paths)
            throws IOException, InterruptedException {
        Libraries libraries = Libraries.ofThisTool();
        List<Path> tool = new ArrayList<>(request.classes());
        tool.addAll(libraries.tool());
        tool.addAll(libraries.forLabs());
        tool.addAll(libraries.forEngines());
        engines.forEach(engine -> paths.put(engine.type(), tool));
        List<EngineSpec> others = engines.stream()
                .filter(engine -> engine.origin() == Origin.PEER)
                .toList();
        if (!others.isEmpty()) {
            PeerLibraries peers = new PeerLibraries(checkout);
            try {
                compile(peers, tool);
            } catch (PeerLibraries.MissingException missing) {
                return String.valueOf(missing.getMessage());
            }
            for (EngineSpec engine : others) {
                List<Path> path = new ArrayList<>(tool);
                path.addAll(peers.classPath(engine));
                paths.put(engine.type(), path);
            }
        }
        return "";
    }

    private void compile(PeerLibraries peers, List<Path> tool)
            throws PeerLibraries.MissingException, IOException, InterruptedException {
        if (!peers.isFetched()) {
            say.accept("Fetching the libraries of the other engines, once (100 MB) ... ");
            long start = System.nanoTime();
            try {
                peers.fetch();
                say.accept(seconds(System.nanoTime() - start) + "\n");
            } catch (PeerLibraries.MissingException missing) {
                say.accept("\n");
                throw missing;
            }
        }
        console.progress("compiling the other engines");
        peers.compile(tool);
        console.progressDone();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.0f s", nanos / NANOS_A_SECOND);
    }

    private static String heading(Setup setup, String whose) {
        return String.format(
                Locale.ROOT,
                "Lab %d, %s, beside other engines: %,d records of 16 + 100 bytes, %s of cache (big: %,d, %s)%n"
                        + "Each engine in JVMs of its own, %d round%s, in an order drawn from seed %d%n",
                setup.lab(),
                whose,
                setup.records(),
                mebibytes(setup.cacheBytes()),
                setup.largeRecords(),
                mebibytes(setup.largeCacheBytes()),
                setup.rounds(),
                setup.rounds() == 1 ? "" : "s",
                setup.seed());
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / BYTES_A_MEBIBYTE);
    }

    /** Says how far it has come. */
    private final class Said implements PeerComparison.Progress {
        private final int rounds;

        Said(int rounds) {
            this.rounds = rounds;
        }

        @Override
        public void ran(int round, EngineSpec engine, long nanos) {
            console.progressDone();
            say.accept(String.format("  round %d of %d: %s, %s%n", round, rounds, engine.name(), seconds(nanos)));
        }

        @Override
        public void measured(int round, EngineSpec engine, EngineWorkload workload) {
            console.progress("round " + round + " of " + rounds + ": " + engine.name() + ", " + workload.id());
        }
    }
}
