package storagelab.grader.cli;

import java.io.IOException;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.model.PeersResult;

/**
 * What {@code lab bench --against peers} does. The module that has the engines registers it as a service of this type;
 * options of its own, annotated for picocli, become options of the command.
 */
public interface EngineComparison {
    /** Whether lab {@code lab} has an engine to compare. */
    boolean hasEngine(int lab);

    /**
     * Compares the engines that the options ask for with the labs' classes of {@code request}.
     *
     * @param say prints a piece of text
     */
    PeersResult run(LabContext context, LabBenchmarks.Request request, boolean quick, Consumer<String> say)
            throws IOException, InterruptedException;

    /** The options as they would be typed again, with a space before each. */
    String again();

    /** The registered one; one that asks for the checkout if there is none, as in a handout. */
    static EngineComparison find() {
        return ServiceLoader.load(EngineComparison.class, EngineComparison.class.getClassLoader())
                .findFirst()
                .orElseGet(NoEngines::new);
    }

    /** Where there are no engines to compare with. */
    @Command
    final class NoEngines implements EngineComparison {
        @Override
        public boolean hasEngine(int lab) {
            return true;
        }

        @Override
        public PeersResult run(LabContext context, LabBenchmarks.Request request, boolean quick, Consumer<String> say) {
            throw new IllegalStateException("no engines in " + context.requireCheckout("Comparing with other engines"));
        }

        @Override
        public String again() {
            return "";
        }
    }
}
