package storagelab.grader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import storagelab.grader.LabException;
import storagelab.grader.batch.Batch;
import storagelab.grader.batch.Graded;
import storagelab.grader.batch.ResultStore;
import storagelab.grader.batch.Shard;
import storagelab.grader.batch.SourceExport;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.Plan;
import storagelab.grader.bench.SubmissionBenchmarks;
import storagelab.grader.collect.Submission;
import storagelab.grader.collect.SubmissionFinder;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.grade.Benchmarks;
import storagelab.grader.grade.Calibration;
import storagelab.grader.grade.GradeContext;
import storagelab.grader.grade.GradeOptions;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.gradebook.Gradebook;
import storagelab.grader.gradebook.GradebookFiles;
import storagelab.grader.gradebook.GradebookPage;
import storagelab.grader.gradebook.GradebookRow;
import storagelab.grader.gradebook.GradebookSettings;
import storagelab.grader.gradebook.Pseudonyms;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.syllabus.Syllabus;

/** {@code lab grade-all}: from a folder of submissions to a gradebook. */
@Command(
        name = "grade-all",
        description = {
            "Grade a folder of submissions, and write a gradebook.",
            "DIR is a directory or an archive with a directory or an archive for each student, as Canvas, Moodle, Gradescope"
                    + " and GitHub Classroom offer them for download.",
            "Interrupted, it goes on with --resume. A submission that was graded is not graded again, as long as it, the course, the"
                    + " tool and the seed are the same."
        })
public final class GradeAllCommand extends Subcommand {
    @Mixin
    private final GradeAllOptions options = new GradeAllOptions();

    /** Runs in {@code context}. */
    public GradeAllCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        Path home = context.requireCheckout("Grading");
        Course course = CourseCatalog.scan(home);
        options.exercises.forEach(course::exercise);
        options.labs.forEach(course::lab);
        Syllabus syllabus = options.syllabus(course, context.directory());
        if (options.cluster != null) {
            return writeJobs(syllabus, options.cluster);
        }
        try (SubmissionFinder finder = new SubmissionFinder(course)) {
            List<Submission> submissions = finder.find(
                    options.places.stream().map(context.directory()::resolve).toList());
            if (options.keyFile != null) {
                Pseudonyms pseudonyms = Pseudonyms.of(context.directory().resolve(options.keyFile));
                submissions = pseudonyms.disguised(submissions, syllabus.roster());
                syllabus = syllabus.with(pseudonyms.disguised(syllabus.roster()));
            }
            List<Submission> mine = options.shard == null
                    ? submissions
                    : Shard.parse(options.shard).of(submissions);
            return options.jplag == null
                    ? grade(home, course, syllabus, mine)
                    : export(home, course, syllabus, mine, options.jplag);
        }
    }

    private int export(Path home, Course course, Syllabus syllabus, List<Submission> submissions, Path target)
            throws IOException, InterruptedException {
        Path directory = context.directory().resolve(target);
        if (Files.exists(directory) && Files.list(directory).findAny().isPresent()) {
            throw new LabException(directory + " is not empty.", "Name a new directory with --jplag.");
        }
        GradePipeline pipeline = new GradePipeline(
                context(home, course, false), gradeOptions(course, syllabus, 0, TimeLimits.standard()));
        int written = SourceExport.write(pipeline, course, submissions, directory);
        context.out().printf("Wrote the sources of %d submissions to %s.%n", written, context.shown(directory));
        context.out().printf("Compare them with JPlag 6, which needs Java 25:%n");
        context.out()
                .printf(
                        "  java -jar jplag.jar -l java -bc %1$s/base-code %1$s/submissions%n",
                        context.shown(directory));
        return 0;
    }

    private int grade(Path home, Course course, Syllabus syllabus, List<Submission> submissions)
            throws IOException, InterruptedException {
        Path directory = context.directory().resolve(options.out);
        boolean measures = syllabus.benchmarks() && syllabus.isWholeLabs(course);
        GradebookSettings settings = settings(directory, syllabus, measures);
        ResultStore store = open(directory, settings);
        GradeContext grading = context(home, course, measures);
        BatchConsole console = new BatchConsole(context, submissions.size(), options.jobs, settings.seed());
        TimeLimits limits = Calibration.measure(grading, settings.seed()).times(options.timeoutScale);
        GradePipeline pipeline = new GradePipeline(grading, gradeOptions(course, syllabus, settings.seed(), limits));
        Batch batch = new Batch(
                grading,
                pipeline,
                store,
                Batch.Settings.of(
                        grading,
                        settings.describe(),
                        options.regrade(),
                        name -> options.reproduce(name, syllabus, settings.seed())));
        List<Graded> graded;
        try {
            graded = batch.run(submissions, options.jobs, console);
        } finally {
            console.close();
        }
        return write(Gradebook.of(syllabus, graded), settings, store, directory);
    }

    private int write(Gradebook gradebook, GradebookSettings settings, ResultStore store, Path directory)
            throws IOException {
        List<String> notes = new ArrayList<>();
        store.damaged().forEach(file -> notes.add("the result in " + file + " could not be read, and was found again"));
        GradebookPage.Facts facts = new GradebookPage.Facts(settings.seed(), options.command(settings.seed()), notes);
        GradebookFiles.write(gradebook, facts, directory);
        GradebookSummary.print(context, gradebook, directory);
        return gradebook.count(GradebookRow.Status.NOT_GRADED) == 0 ? 0 : LabException.FAILED;
    }

    /** What the results depend on: those of the gradebook that is there, or new ones. */
    private GradebookSettings settings(Path directory, Syllabus syllabus, boolean measures)
            throws IOException, InterruptedException {
        Optional<GradebookSettings> before = GradebookSettings.read(directory);
        if (before.isPresent() && !options.resume) {
            throw new LabException(
                    "There is a gradebook in " + context.shown(directory) + " already.",
                    "Go on with it by --resume, or name another directory with --out.");
        }
        long fresh = new SecureRandom().nextInt(Integer.MAX_VALUE);
        long chosen = options.seed != null
                ? options.seed
                : options.freshSeed ? fresh : syllabus.seed().orElse(fresh);
        boolean isFree =
                options.seed == null && !options.freshSeed && syllabus.seed().isEmpty();
        GradebookSettings wanted = GradebookSettings.of(
                before.isPresent() && isFree ? before.get().seed() : chosen, syllabus.exercises(), measures);
        if (before.isPresent() && !before.get().equals(wanted)) {
            throw new LabException(
                    "The gradebook in " + context.shown(directory) + " is of other settings: it has "
                            + before.get().describe() + ".",
                    "Name another directory with --out.");
        }
        return wanted;
    }

    private ResultStore open(Path directory, GradebookSettings settings) {
        try {
            ResultStore store = ResultStore.open(directory.resolve(GradebookFiles.RESULTS));
            settings.write(directory);
            return store;
        } catch (IOException notWritable) {
            throw new LabException(
                    "The gradebook cannot be written into " + directory + ": " + notWritable.getMessage() + ".",
                    "Name another directory with --out.");
        }
    }

    private GradeContext context(Path home, Course course, boolean measures) throws IOException, InterruptedException {
        Optional<Benchmarks> measured = measures
                ? Optional.of(new SubmissionBenchmarks(new LabBenchmarks(Plan.standard(), what -> {})))
                : Optional.empty();
        return new GradeContext(
                home,
                course,
                Libraries.ofThisTool(),
                options.allowUnsandboxed ? Sandboxes.confinedIfPossible() : Sandboxes.confined(),
                ClassRules::violations,
                measured,
                what -> {},
                InstantSource.system());
    }

    private static GradeOptions gradeOptions(Course course, Syllabus syllabus, long chosenSeed, TimeLimits limits) {
        Set<String> only = syllabus.isWholeLabs(course) ? Set.of() : Set.copyOf(syllabus.exercises());
        return new GradeOptions(syllabus.labs(), only, chosenSeed, limits);
    }

    private int writeJobs(Syllabus syllabus, String scheduler) throws IOException {
        if (options.keyFile != null) {
            Pseudonyms.of(context.directory().resolve(options.keyFile)); // one key for all jobs
        }
        long chosen = options.seed != null
                ? options.seed
                : syllabus.seed().orElseGet(() -> new SecureRandom().nextInt(Integer.MAX_VALUE));
        List<String> merging = new ArrayList<>();
        if (options.courseFile != null) {
            merging.addAll(List.of("--course", GradeCommand.quoted(options.courseFile.toString())));
        }
        options.assignments.forEach(id -> merging.addAll(List.of("--assignment", GradeCommand.quoted(id))));
        if (options.keyFile != null) {
            merging.addAll(List.of("--anonymous", GradeCommand.quoted(options.keyFile.toString())));
        }
        ClusterJobs.Plan plan =
                new ClusterJobs.Plan(options.shards, options.image, options.arguments(), merging, chosen);
        for (Path written : plan.write(scheduler, context.directory(), options.out)) {
            context.out().println("wrote " + context.shown(written));
        }
        context.out().println("The first lines of the first file say how it is submitted.");
        return 0;
    }
}
