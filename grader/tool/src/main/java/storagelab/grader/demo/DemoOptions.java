package storagelab.grader.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the reader said on the command line of {@code lab demo}. */
public final class DemoOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Such as 1.probes, or all; without it, the list of experiments.")
    @Nullable
    String experiment;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask for predictions.")
    boolean skipPredictions;

    @Option(names = "--quick", description = "The same shape with less data, some seconds each.")
    boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Where random choices begin. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "lab-results",
            description = "Where tables and plots go, a directory for each experiment. Default: ${DEFAULT-VALUE}.")
    Path out = Path.of("lab-results");

    /** What the command line is read into. */
    public DemoOptions() {}

    /** The command line that says the same. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--seed=" + seed, "--out=" + out));
        if (skipPredictions) {
            arguments.add("--yes");
        }
        if (quick) {
            arguments.add("--quick");
        }
        if (experiment != null) {
            arguments.add(experiment);
        }
        return arguments;
    }
}
