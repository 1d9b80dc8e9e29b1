package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.io.file.PathUtils;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;

/** One run of one experiment, from the question to the files that keep its result. */
final class ExperimentRun {
    private final DemoOptions options;
    private final Dialog dialog;
    private final LiveContext.ProgressLine progress;
    private final PrintStream out;

    ExperimentRun(DemoOptions options, Dialog dialog, LiveContext.ProgressLine progress, PrintStream out) {
        this.options = options;
        this.dialog = dialog;
        this.progress = progress;
        this.out = out;
    }

    /**
     * Asks, measures, prints and writes {@code table.txt}, {@code table.csv}, {@code plot.svg} and {@code plot.png}
     * (a second plot: {@code plot-2}) into a directory named after the experiment.
     */
    void run(Experiment experiment) throws IOException {
        out.println(experiment.id() + ": " + experiment.question());
        out.println();
        OptionalDouble predicted = dialog.ask(experiment.prediction());
        Path target = options.out.resolve(experiment.id());
        Files.createDirectories(target);
        ExperimentResult result = measure(experiment, target);
        String table = TableText.aligned(result.table());
        String comparison = Dialog.compare(experiment.prediction(), predicted, result.answer());
        Files.createDirectories(target);
        out.println(table);
        out.println(comparison);
        out.println(result.observation());
        out.println();
        Files.writeString(target.resolve("table.txt"), report(experiment, result, table), UTF_8);
        Files.writeString(target.resolve("table.csv"), TableText.csv(result.table()), UTF_8);
        int number = 1;
        for (Plot plot : result.plots()) {
            PlotImage.write(plot, target, number == 1 ? "plot" : "plot-" + number);
            number++;
        }
        out.println("Table and plots: " + target);
        out.println();
    }

    /** The working directory is beside the results, because a temporary directory may be in memory. */
    private ExperimentResult measure(Experiment experiment, Path target) throws IOException {
        Path work = Files.createTempDirectory(target, ".work");
        ExperimentContext.Scale scale = options.quick ? ExperimentContext.Scale.QUICK : ExperimentContext.Scale.FULL;
        LiveContext context = new LiveContext(work, options.seed, scale, progress);
        try {
            context.progress("starting", 0);
            return experiment.run(context);
        } finally {
            context.clearProgress();
            PathUtils.deleteDirectory(work);
            removeIfEmpty(target);
        }
    }

    /** An experiment that stopped leaves nothing behind. */
    private static void removeIfEmpty(Path directory) throws IOException {
        if (PathUtils.isEmptyDirectory(directory)) {
            Files.delete(directory);
        }
    }

    private String report(Experiment experiment, ExperimentResult result, String table) {
        String conditions = String.format(
                Locale.ROOT,
                "Measured with: lab demo %s%s --seed %d; Java %s, %s %s, %d processors.",
                experiment.id(),
                options.quick ? " --quick" : "",
                options.seed,
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        return String.join(
                "\n",
                experiment.id() + ": " + experiment.question(),
                "",
                table,
                result.observation(),
                "",
                conditions,
                "");
    }
}
