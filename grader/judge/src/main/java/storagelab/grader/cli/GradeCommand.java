package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.Plan;
import storagelab.grader.bench.SubmissionBenchmarks;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.grade.Benchmarks;
import storagelab.grader.grade.Calibration;
import storagelab.grader.grade.GradeContext;
import storagelab.grader.grade.GradeOptions;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.grade.ReportWriter;
import storagelab.grader.model.GradeResult;
import storagelab.grader.report.ConsoleReport;
import storagelab.grader.report.GradescopeReport;
import storagelab.grader.report.ReportFormat;
import storagelab.grader.report.Reports;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.TimeLimits;

/** {@code lab grade}: public tests, hidden tests and benchmarks. */
@Command(
        name = "grade",
        description = {
            "Grade submissions with public tests, hidden tests and benchmarks.",
            "Without a directory the reference grades itself.",
            "Submissions are compiled and run in a private root directory without network, which needs Linux with"
                    + " util-linux or Bubblewrap; where there is none, nothing is graded and the exit code is 2."
        })
public final class GradeCommand extends Subcommand {
    private static final int COLUMNS = 100;
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:@%+=,\\\\-]+", Pattern.UNICODE_CHARACTER_CLASS);

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Workspaces to grade.")
    private List<Path> submissions = new ArrayList<>();

    @Option(names = "--lab", paramLabel = "N", description = "Grade only this lab; may be repeated.")
    private Set<Integer> labs = new TreeSet<>();

    @Option(
            names = "--exercise",
            paramLabel = "ID",
            description = "Grade only this exercise, such as 1.4, without benchmarks; may be repeated.")
    private Set<String> exercises = new TreeSet<>();

    @Option(names = "--no-bench", description = "Leave the benchmarks out.")
    private boolean noBenchmarks;

    @Option(names = "--out", paramLabel = "DIR", description = "Write the reports there.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "F",
            split = ",",
            description = "Which reports: json, html, junit, markdown, gradescope. Default: all.")
    private List<String> formats = new ArrayList<>();

    @Mixin
    private final GradescopeVisibility gradescope = new GradescopeVisibility();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of random tests. Default: a fresh one.")
    private @Nullable Long seed;

    @Option(
            names = "--allow-unsandboxed",
            description =
                    "Grade even where submissions cannot be confined; every report says so. They have all rights of"
                            + " this user, or, if this is root, those of users without privileges. For your own work, or in a"
                            + " container for one submission.")
    private boolean allowUnsandboxed;

    @Option(
            names = "--timeout-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Factor on every time limit, beyond what a sample of the reference's work says. Default: 1.")
    private double timeoutScale;

    /** Runs in {@code context}. */
    public GradeCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        if (!(timeoutScale > 0)) {
            throw LabException.usage("--timeout-scale must be above 0.", "1 is an ordinary machine, 2 a slow one.");
        }
        List<ReportWriter> writers = formats().stream().map(this::writer).toList();
        Path home = context.requireCheckout("Grading");
        Course course = CourseCatalog.scan(home);
        exercises.forEach(course::exercise);
        long chosenSeed = seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE);
        Console console = new Console(context);
        GradeContext grading = new GradeContext(
                home,
                course,
                Libraries.ofThisTool(),
                allowUnsandboxed ? Sandboxes.confinedIfPossible() : Sandboxes.confined(),
                ClassRules::violations,
                benchmarks(console),
                console::progress,
                InstantSource.system());
        prepareOut();
        TimeLimits limits = limits(grading, chosenSeed).times(timeoutScale);
        GradePipeline pipeline = new GradePipeline(grading, new GradeOptions(labs, exercises, chosenSeed, limits));
        if (submissions.isEmpty()) {
            return show(pipeline.gradeReference(reproduce(null, chosenSeed)), console, "", writers);
        }
        Set<String> folders = new HashSet<>();
        int exitCode = 0;
        for (Path submission : submissions) {
            Path directory = context.directory().resolve(submission).normalize();
            String folder = submissions.size() == 1 ? "" : unique(nameOf(directory), folders);
            GradeResult result = grade(pipeline, directory, reproduce(submission, chosenSeed));
            exitCode = Math.max(exitCode, show(result, console, folder, writers));
        }
        return exitCode;
    }

    /** What this machine is like need not be known where there is nothing to run. */
    private TimeLimits limits(GradeContext grading, long chosenSeed) throws IOException, InterruptedException {
        boolean isSomething = submissions.isEmpty()
                || submissions.stream().map(context.directory()::resolve).anyMatch(Files::isDirectory);
        return isSomething ? Calibration.measure(grading, chosenSeed) : TimeLimits.standard();
    }

    /** Of several directories, one that is not a submission has a result like the others. */
    private GradeResult grade(GradePipeline pipeline, Path directory, String command) throws InterruptedException {
        try {
            return pipeline.grade(directory, command);
        } catch (LabException refused) {
            if (submissions.size() == 1) {
                throw refused;
            }
            return pipeline.notGraded(directory.toString(), command, refused.getMessage() + " " + refused.nextStep());
        }
    }

    /** Shows and writes a result, and says what it means for the exit code. */
    private int show(GradeResult result, Console console, String folder, List<ReportWriter> writers) {
        int exitCode = result.isGraded() ? 0 : LabException.FAILED;
        console.progressDone();
        PrintWriter screen = context.out();
        screen.print(ConsoleReport.render(
                result, context.colour() ? ConsoleReport.Ink.COLOURS : ConsoleReport.Ink.PLAIN, COLUMNS));
        if (out != null) {
            Path target = context.directory().resolve(out).resolve(folder);
            try {
                for (Path written : Reports.write(result, target, writers)) {
                    screen.println("wrote " + context.shown(written));
                }
            } catch (IOException notWritten) {
                context.err().println("The reports of this submission could not be written: " + notWritten + ".");
                context.err().println("Free some space, or name another directory with --out, and grade it again.");
                exitCode = LabException.FAILED;
            }
        }
        screen.flush();
        return exitCode;
    }

    /** Tries to write where the reports will go, so that nothing is graded in vain. */
    private void prepareOut() {
        if (out == null) {
            return;
        }
        Path directory = context.directory().resolve(out);
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "probe", ""));
        } catch (IOException notWritable) {
            throw new LabException(
                    "Reports cannot be written into " + directory + ".", "Name another directory with --out.");
        }
    }

    /** The root of a file system has no name. */
    private static String nameOf(Path directory) {
        Path name = directory.getFileName();
        return name == null ? "root" : name.toString();
    }

    private List<ReportFormat> formats() {
        if (formats.isEmpty()) {
            return List.of(ReportFormat.values());
        }
        try {
            return formats.stream().map(ReportFormat::named).toList();
        } catch (IllegalArgumentException unknown) {
            throw LabException.usage(unknown.getMessage() + ".", "Separate several formats by commas.");
        }
    }

    private ReportWriter writer(ReportFormat format) {
        return format == ReportFormat.GRADESCOPE ? GradescopeReport.writer(gradescope.options()) : format;
    }

    private Optional<Benchmarks> benchmarks(Console console) {
        return noBenchmarks
                ? Optional.empty()
                : Optional.of(new SubmissionBenchmarks(
                        new LabBenchmarks(Plan.standard(), what -> console.progress("measuring: " + what))));
    }

    private String reproduce(@Nullable Path submission, long chosenSeed) {
        StringBuilder command = new StringBuilder("./lab grade");
        if (submission != null) {
            command.append(' ').append(quoted(submission.toString()));
        }
        labs.forEach(lab -> command.append(" --lab ").append(lab));
        exercises.forEach(exercise -> command.append(" --exercise ").append(exercise));
        command.append(noBenchmarks ? " --no-bench" : "");
        command.append(" --seed ").append(chosenSeed);
        command.append(allowUnsandboxed ? " --allow-unsandboxed" : "");
        command.append(timeoutScale == 1 ? "" : " --timeout-scale " + timeoutScale);
        return command.toString();
    }

    /** A word as the shell wants it. */
    static String quoted(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }
}
