package storagelab.grader.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        List<Path> classPath = new ArrayList<>();
        String missing = classPath(checkout, request, engines, classPath);
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
        Path target = Files.createDirectories(checkout.resolve("grader/peers/target"));
        Path directory = Files.createTempDirectory(target, "data");
        Thread sweeper = new Thread(() -> sweep(directory), "sweep-engines");
        Runtime.getRuntime().addShutdownHook(sweeper);
        try {
            Measured measured = new PeerComparison(plan, request.seed(), classPath, new Said(plan.rounds()))
                    .measure(possible, directory);
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
     * Finds what an engine's JVM loads.
     *
     * @param path where that is put
     * @return why it is not enough for the engines of others; empty if it is
     */
    private String classPath(Path checkout, LabBenchmarks.Request request, List<EngineSpec> engines, List<Path> path)
            throws IOException, InterruptedException {
        Libraries libraries = Libraries.ofThisTool();
        path.addAll(request.classes());
        path.addAll(libraries.tool());
        path.addAll(libraries.forLabs());
        path.addAll(libraries.forEngines());
        if (engines.stream().anyMatch(engine -> engine.origin() == Origin.PEER)) {
            try {
                path.addAll(peers(new PeerLibraries(checkout), path));
            } catch (PeerLibraries.MissingException missing) {
                return String.valueOf(missing.getMessage());
            }
        }
        return "";
    }

    private List<Path> peers(PeerLibraries peers, List<Path> tool)
            throws PeerLibraries.MissingException, IOException, InterruptedException {
        if (!peers.isFetched()) {
            say.accept("Fetching the libraries of the other engines, once (10 MB) ... ");
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
        List<Path> compiled = peers.compile(tool);
        console.progressDone();
        return compiled;
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
