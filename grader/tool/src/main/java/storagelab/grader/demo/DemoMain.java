package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Throwables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import storagelab.course.ExerciseNotDone;
import storagelab.experiment.Experiment;
import storagelab.grader.course.Edition;

/**
 * The process in which experiments run. Its class path decides whose code is measured: the workspace's classes come
 * first, or the reference's.
 */
@Command(name = "lab demo", exitCodeOnInvalidInput = DemoMain.EXIT_USAGE)
public final class DemoMain implements Callable<Integer> {
    static final int EXIT_USAGE = 64;
    /** {@code true} when there is somebody at a terminal to ask; said by the parent process. */
    static final String INTERACTIVE_PROPERTY = "lab.interactive";

    /** The {@link Edition} of the workspace; said by the parent process. */
    static final String EDITION_PROPERTY = "lab.edition";

    @Mixin
    private final DemoOptions options = new DemoOptions();

    private final List<Experiment> experiments;
    private final PrintStream out;

    DemoMain(List<Experiment> experiments, PrintStream out) {
        this.experiments = experiments;
        this.out = out;
    }

    /** Runs what the arguments say and exits: 0 done, 1 an exercise is missing or an experiment failed, 64 misuse. */
    public static void main(String... arguments) {
        System.setProperty("java.awt.headless", "true");
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        System.exit(new CommandLine(new DemoMain(experiments(out), out)).execute(arguments));
    }

    private static List<Experiment> experiments(PrintStream out) {
        try {
            return ServiceLoader.load(Experiment.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError broken) {
            out.println("The experiments cannot be loaded: " + broken.getMessage());
            return List.of();
        }
    }

    @Override
    public Integer call() {
        String wanted = options.experiment;
        if (wanted == null) {
            list();
            return 0;
        }
        List<Experiment> chosen = experiments.stream()
                .filter(experiment -> wanted.equals("all") || wanted.equals(experiment.id()))
                .toList();
        if (chosen.isEmpty()) {
            out.println("there is no experiment " + wanted + "; ./lab demo lists them");
            return EXIT_USAGE;
        }
        boolean interactive = Boolean.getBoolean(INTERACTIVE_PROPERTY);
        ExperimentRun run = new ExperimentRun(
                options,
                new Dialog(input(interactive), out),
                interactive ? new LiveContext.ProgressLine.Drawn(out) : new LiveContext.ProgressLine.Silent(),
                out);
        int exit = 0;
        for (Experiment experiment : chosen) {
            try {
                run.run(experiment);
            } catch (IOException | RuntimeException | AssertionError failure) {
                explain(failure);
                exit = 1;
            }
        }
        return exit;
    }

    /** An experiment runs code that a student is still writing: it may be missing, and it may be wrong. */
    private void explain(Throwable failure) {
        Optional<String> missing = Throwables.getCausalChain(failure).stream()
                .filter(ExerciseNotDone.class::isInstance)
                .map(cause -> ((ExerciseNotDone) cause).exerciseId())
                .findFirst();
        if (missing.isPresent()) {
            Edition edition = Edition.valueOf(System.getProperty(EDITION_PROPERTY, Edition.WITH_REFERENCE.name()));
            out.println("This experiment needs exercise " + missing.get() + ", which is not done: "
                    + edition.wayOn(missing.get()) + ".");
        } else {
            out.println("This experiment stopped:");
            out.println(Throwables.getStackTraceAsString(failure));
        }
        out.println();
    }

    private @Nullable BufferedReader input(boolean interactive) {
        if (options.skipPredictions) {
            return null;
        }
        if (!interactive) {
            out.println("(Not a terminal: predictions are not asked for.)");
            return null;
        }
        return new BufferedReader(new InputStreamReader(System.in, UTF_8));
    }

    private void list() {
        int width = experiments.stream()
                .mapToInt(experiment -> experiment.id().length())
                .max()
                .orElse(0);
        for (Experiment experiment : experiments) {
            out.println(String.format("%-" + Math.max(1, width) + "s  %s", experiment.id(), experiment.question()));
        }
        out.println();
        out.println("Run one with ./lab demo ID, all of them with ./lab demo all.");
    }
}
