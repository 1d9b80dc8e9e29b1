package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import storagelab.grader.LabException;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.LabGrader.Graded;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.score.Scoring;
import storagelab.grader.workspace.Workspace;

/**
 * Grades a submission, or the reference: for each lab, intake → {@link LabGrader} → flags; then one result.
 *
 * <p>Nothing of a submission is run in this JVM, and nothing of it but plain Java sources is read.
 *
 * <p>Concurrency: several threads may grade at the same time, each another submission.
 */
public final class GradePipeline {
    private static final String TOOL = "storage-lab";
    private static final String REFERENCE = "reference";
    private static final String IGNORED = "ignored in ";
    private static final String OTHER_VERSION = "made from another version of lab ";
    private static final String PACKED = "how it was packed: ";
    private static final String NO_LABS = "has no ";
    private static final int IGNORED_SHOWN = 100;

    private final GradeContext context;
    private final GradeOptions options;
    private final PreparedLab.Shelf labs;

    public GradePipeline(GradeContext context, GradeOptions options) {
        this.context = context;
        this.options = options;
        this.labs = new PreparedLab.Shelf(context.home());
    }

    /** Grades the checkout's own code, which should be worth everything. */
    public GradeResult gradeReference(String command) throws IOException, InterruptedException {
        Run run = new Run(REFERENCE, command, context.clock().instant());
        List<Lab> wanted = wantedLabs();
        SubmissionTime time = SubmissionTime.of(options.limits(), wanted.size());
        for (Lab lab : wanted) {
            PreparedLab prepared = labs.of(lab);
            LabText text = LabText.ofReference(prepared.sources());
            run.add(new LabGrader(context, options, prepared.tests(), text, Edition.WITH_REFERENCE)
                    .grade(Set.of(), new OwnLabs(time), time));
        }
        return run.result();
    }

    /**
     * Grades a submission. Whatever goes wrong with it is in the result, which then says that it could not be graded.
     *
     * @param submission a workspace, or any directory with the labs' modules
     * @param command what reproduces the result
     * @throws LabException if it is not a directory
     */
    public GradeResult grade(Path submission, String command) throws InterruptedException {
        return grade(submission, submission.toString(), List.of(), command);
    }

    /**
     * The same for a directory that was unpacked from something else.
     *
     * @param name of the submission, as the result has it
     * @param notes what a person should know about how it was packed
     */
    public GradeResult grade(Path submission, String name, List<String> notes, String command)
            throws InterruptedException {
        if (!Files.isDirectory(submission)) {
            throw new LabException(
                    submission + " is not a directory.",
                    "Name the directory that has " + modules() + " in it; unpack an archive first.");
        }
        Run run = new Run(name, command, context.clock().instant());
        notes.forEach(note -> run.flags.add(PACKED + note));
        try {
            gradeLabs(submission, run);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception | Error failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException(failure.getMessage());
            }
            // Nothing that one submission brings about may cost another one its grading.
            run.giveUp(describe(failure));
        }
        return run.result();
    }

    /** The result of a submission that there is nothing to grade of. */
    public GradeResult notGraded(String name, String command, String reason) {
        Run run = new Run(name, command, context.clock().instant());
        run.giveUp(reason);
        return run.result();
    }

    /**
     * What a student has written.
     *
     * @param path from the root of the submission
     * @param text as it was handed in
     * @param starter as it was handed out; empty for a new file
     */
    public record OwnSource(String path, String text, String starter) {}

    /** The sources of a submission, in the labs that are graded, that are not as they were handed out. */
    public List<OwnSource> ownSources(Path submission) throws IOException {
        List<OwnSource> own = new ArrayList<>();
        for (Lab lab : wantedLabs()) {
            LabSources sources = labs.of(lab).sources();
            SortedMap<String, String> starter = sources.starter();
            Intake.take(submission, sources).texts().forEach((path, text) -> {
                String given = starter.getOrDefault(path, "");
                if (!text.equals(given)) {
                    own.add(new OwnSource(lab.module() + "/" + LabSources.MAIN + "/" + path, text, given));
                }
            });
        }
        return own;
    }

    /** Whether a flag tells a student something that the student can put right. */
    public static boolean isForStudent(String flag) {
        return flag.startsWith(IGNORED)
                || flag.startsWith(NO_LABS)
                || flag.startsWith(PACKED)
                || flag.startsWith(OTHER_VERSION);
    }

    private void gradeLabs(Path submission, Run run) throws IOException, InterruptedException {
        if (!Files.isReadable(submission) || !Files.isExecutable(submission)) {
            throw new AccessDeniedException(submission.toString());
        }
        List<Lab> wanted = wantedLabs();
        boolean isEmpty = wanted.stream().noneMatch(lab -> Intake.holds(submission, lab));
        if (isEmpty) {
            run.flags.add(NO_LABS + modules() + ": is it the directory that ./lab start wrote?");
        }
        Set<String> unlocked = unlocked(submission, run);
        Edition edition = Workspace.at(submission).map(Workspace::edition).orElse(Edition.HANDOUT);
        SubmissionTime time = SubmissionTime.of(options.limits(), wanted.size());
        OwnLabs own = new OwnLabs(time);
        for (Lab lab : labsUpTo(wanted.get(wanted.size() - 1))) {
            PreparedLab prepared = labs.of(lab);
            LabSources sources = prepared.sources();
            Intake.Taken taken = Intake.take(submission, sources);
            LabText text = LabText.of(sources, taken);
            LabGrader grader = new LabGrader(context, options, prepared.tests(), text, edition);
            if (options.wants(lab) && isEmpty) {
                run.add(new Graded(grader.untested(Verdict.NOT_STARTED, lab.module() + " is not there"), List.of()));
            } else if (options.wants(lab)) {
                run.addIgnored(lab, taken.ignored());
                addVersion(submission, lab, prepared.version(), run);
                run.add(grader.grade(unlocked, own, time));
                run.addReferenceCopies(sources, taken.texts(), unlocked);
            }
            own.add(text, Intake.holds(submission, lab));
        }
    }

    /** Says so if the submission was made from another version of the lab. */
    private static void addVersion(Path submission, Lab lab, String version, Run run) {
        Optional<Workspace> workspace = Workspace.at(submission);
        if (workspace.isEmpty()) {
            return;
        }
        try {
            String own = workspace.get().versions().of(lab.module());
            if (!own.isEmpty() && !version.isEmpty() && !own.equals(version)) {
                run.flags.add(OTHER_VERSION + lab.number() + " (" + own + "; graded was with " + version
                        + "): ./lab update, called in the newer edition, brings a workspace up to it");
            }
        } catch (LabException damaged) {
            run.flags.add("the record of the course's version is damaged");
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        StackTraceElement[] stack = failure.getStackTrace();
        String where = stack.length == 0 ? "" : " (at " + stack[0] + ")";
        return failure.getClass().getSimpleName() + message + where;
    }

    private List<Lab> labsUpTo(Lab last) {
        return context.course().labs().stream()
                .filter(lab -> lab.published() && lab.number() <= last.number())
                .toList();
    }

    private List<Lab> wantedLabs() {
        List<Lab> wanted = context.course().labs().stream()
                .filter(lab -> lab.published() && options.wants(lab))
                .toList();
        if (wanted.isEmpty()) {
            throw LabException.usage(
                    "None of the labs and exercises that were asked for is published.", "See ./lab status.");
        }
        return wanted;
    }

    private String modules() {
        return String.join(", ", wantedLabs().stream().map(Lab::module).toList());
    }

    private static Set<String> unlocked(Path submission, Run run) {
        Optional<Workspace> workspace = Workspace.at(submission);
        if (workspace.isEmpty()) {
            return Set.of();
        }
        try {
            return workspace.get().unlocked().ids();
        } catch (LabException damaged) {
            run.flags.add("the record of what was taken from the reference is damaged");
            return Set.of();
        }
    }

    /** The result as it grows. */
    private final class Run {
        private final String submission;
        private final String command;
        private final Instant startedAt;
        private final List<LabResult> labs = new ArrayList<>();
        private final Set<String> flags = new TreeSet<>();
        private final List<String> notGraded = new ArrayList<>();

        Run(String submission, String command, Instant startedAt) {
            this.submission = submission;
            this.command = command;
            this.startedAt = startedAt;
        }

        void add(Graded graded) {
            labs.add(graded.result());
            flags.addAll(graded.flags());
            graded.result().exercises().stream()
                    .filter(exercise -> exercise.verdict() == Verdict.NOT_GRADED)
                    .map(exercise -> "exercise " + exercise.id() + " (" + exercise.message() + ")")
                    .forEach(notGraded::add);
            graded.result().benchmarks().stream()
                    .filter(benchmark -> benchmark.verdict() == BenchmarkVerdict.NOT_GRADED)
                    .map(benchmark -> "benchmark " + benchmark.id() + " (" + benchmark.message() + ")")
                    .forEach(notGraded::add);
        }

        void giveUp(String reason) {
            notGraded.add(reason);
            flags.add("could not be graded: " + reason);
        }

        void addIgnored(Lab lab, List<String> ignored) {
            if (ignored.isEmpty()) {
                return;
            }
            String shown = String.join(", ", ignored.subList(0, Math.min(IGNORED_SHOWN, ignored.size())));
            String more = ignored.size() > IGNORED_SHOWN ? " and " + (ignored.size() - IGNORED_SHOWN) + " more" : "";
            flags.add(IGNORED + lab.module() + ": " + shown + more);
        }

        void addReferenceCopies(LabSources sources, SortedMap<String, String> texts, Set<String> unlocked) {
            List<String> copies = new ArrayList<>();
            List<String> alike = new ArrayList<>();
            for (ExerciseSpec exercise : options.exercisesOf(sources.lab())) {
                if (unlocked.contains(exercise.id())) {
                    continue;
                }
                Likeness likeness = sources.likeness(exercise, texts, unlocked);
                if (sources.isReference(exercise, texts)) {
                    copies.add(exercise.id());
                } else if (likeness.isStriking()) {
                    alike.add(exercise.id() + " (" + likeness.percent() + " %)");
                }
            }
            if (!copies.isEmpty()) {
                flags.add(
                        "same text as the reference, and not recorded as taken from it: " + String.join(", ", copies));
            }
            if (!alike.isEmpty()) {
                flags.add("much like the reference, apart from names and comments, and not recorded as taken from it: "
                        + String.join(", ", alike));
            }
        }

        GradeResult result() {
            if (!context.sandbox().confines()) {
                flags.add(context.sandbox().caution());
            }
            double score = labs.stream().mapToDouble(LabResult::earned).sum();
            double maxScore = labs.stream().mapToDouble(LabResult::points).sum();
            return new GradeResult(
                    TOOL,
                    version(),
                    options.seed(),
                    System.getProperty("java.vendor") + " " + Runtime.version(),
                    os(),
                    submission,
                    context.sandbox().description(),
                    context.sandbox().confines(),
                    startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                    Duration.between(startedAt, context.clock().instant()).toMillis(),
                    Scoring.rounded(score),
                    Scoring.rounded(maxScore),
                    labs,
                    List.copyOf(flags),
                    command,
                    String.join("; ", notGraded));
        }

        private String os() {
            return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                    + System.getProperty("os.arch") + ", "
                    + Runtime.getRuntime().availableProcessors() + " processors, time limits "
                    + options.limits().describe();
        }

        private static String version() {
            String version = GradePipeline.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
