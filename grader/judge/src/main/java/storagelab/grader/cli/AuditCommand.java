package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;
import storagelab.grader.audit.Audit;
import storagelab.grader.audit.AuditCheck;
import storagelab.grader.audit.AuditReport;
import storagelab.grader.audit.AuditScope;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.Calibration;
import storagelab.grader.grade.GradeContext;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.TimeLimits;

/** {@code lab audit}: proves that the course holds. */
@Command(
        name = "audit",
        description = "Prove that the course holds: reference, starter, hidden tests, zoo, mutants, flakes.",
        footer = {"", "Exit code 0: it holds. 1: it does not; each finding is a line of the report."})
public final class AuditCommand extends Subcommand {
    private static final int ROUNDS_QUICK = 1;

    @Option(names = "--quick", description = "The quick half: a sample of zoo and mutants, one round for flakes.")
    private boolean quick;

    @Option(names = "--lab", paramLabel = "N", description = "Only this lab.")
    private @Nullable Integer lab;

    @Option(
            names = "--exercise",
            paramLabel = "ID",
            split = ",",
            description = "Only this exercise, or these: 2.1,2.6. With --only zoo,mutants the author's quick look.")
    private Set<String> exercises = new LinkedHashSet<>();

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            description =
                    "Only these: complete, reference, starter, not-started, leaks, rules, attacks, missing, needs, zoo,"
                            + " contracts, mutants, flakes, gradebook, crashes, flips, soak, kills.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--except", paramLabel = "CHECK", split = ",", description = "All checks but these.")
    private Set<String> except = new LinkedHashSet<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How often the tests of the exercises run in a row, and how many times 50 submissions the check gradebook has. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    /** Runs in {@code context}. */
    public AuditCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws Exception {
        PrintWriter out = context.out();
        List<AuditCheck> checks = Audit.checks(only, except);
        AuditReport report = Audit.run(scope(checks), checks, row -> {
            if (!json) {
                out.println(row.describe());
                out.flush();
            }
        });
        if (json) {
            out.println(Json.of(report));
        } else {
            out.println();
            out.println(report.countsWords());
            out.println(report.verdictWords());
        }
        return report.holds() ? 0 : 1;
    }

    private AuditScope scope(List<AuditCheck> checks) throws IOException, InterruptedException {
        Path home = context.requireCheckout("The audit");
        Course course = CourseCatalog.scan(home);
        Set<Integer> ofExercises = new TreeSet<>();
        exercises.forEach(
                id -> ofExercises.add(ExerciseSpec.labOf(course.exercise(id).id())));
        List<Lab> labs = (lab == null ? course.labs() : List.of(course.lab(lab)))
                .stream()
                        .filter(Lab::published)
                        .filter(candidate -> ofExercises.isEmpty() || ofExercises.contains(candidate.number()))
                        .toList();
        int wantedRounds = quick ? ROUNDS_QUICK : rounds;
        TimeLimits limits =
                checks.stream().anyMatch(AuditCheck::runsTests) ? limits(home, course) : TimeLimits.standard();
        return new AuditScope(home, course, labs, exercises, quick, seed, wantedRounds, context.err(), limits);
    }

    /** The limits of this machine, as grading measures them; what is run for that is the reference, so nothing confines it. */
    private TimeLimits limits(Path home, Course course) throws IOException, InterruptedException {
        PrintWriter err = context.err();
        GradeContext grading = new GradeContext(
                home,
                course,
                Libraries.ofThisTool(),
                new PlainSandbox(),
                ClassRules::violations,
                Optional.empty(),
                err::println,
                InstantSource.system());
        try {
            TimeLimits limits = Calibration.measure(grading, seed);
            err.println("time limits " + limits.describe());
            return limits;
        } catch (LabException referenceFails) {
            // A check says what is wrong with the reference, and goes on.
            err.println("time limits as standard, not measured: " + referenceFails.getMessage());
            return TimeLimits.standard();
        }
    }
}
