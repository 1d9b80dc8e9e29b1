package storagelab.grader.cli;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.syllabus.Assignment;
import storagelab.grader.syllabus.LateRule;
import storagelab.grader.syllabus.Syllabus;
import storagelab.grader.syllabus.SyllabusReader;

/** {@code lab course}: the file that says what is graded, when it is due, and what lateness costs. */
@Command(
        name = "course",
        description = "Print an example of a course file for grade-all, or say what a course file means.")
public final class CourseCommand extends Subcommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final List<Integer> DAYS = List.of(0, 1, 2, 3, 7, 14);

    /** Runs in {@code context}. */
    public CourseCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        throw LabException.usage("What about the course?", "./lab course example, or ./lab course check FILE.");
    }

    @Command(
            name = "example",
            description = "Print a course file that explains itself: ./lab course example > course.toml")
    int example() throws IOException {
        context.out()
                .print(Resources.toString(
                        Resources.getResource(CourseCommand.class, "course-example.toml"), StandardCharsets.UTF_8));
        return 0;
    }

    @Command(name = "check", description = "Read a course file and its roster, and say what they mean.")
    int check(@Parameters(paramLabel = "FILE", description = "Such as course.toml.") Path file) {
        Course course = CourseCatalog.scan(context.requireCheckout("Checking a course"));
        Syllabus syllabus = SyllabusReader.read(context.directory().resolve(file), course);
        PrintWriter out = context.out();
        out.println(syllabus.title());
        out.printf(
                "seed %s, times in %s, %s, hidden tests in reports: %s, %s%n",
                syllabus.seed().isPresent() ? Long.toString(syllabus.seed().getAsLong()) : "fresh for each gradebook",
                syllabus.zone(),
                syllabus.roster().students().isEmpty()
                        ? "no roster"
                        : syllabus.roster().students().size() + " students on the roster",
                syllabus.disclosure().word(),
                syllabus.benchmarks() ? "benchmarks on top" : "no benchmarks");
        syllabus.assignments().forEach(assignment -> print(out, syllabus, assignment));
        Set<String> left = new TreeSet<>(ExerciseSpec.BY_NUMBER);
        course.exercises()
                .map(ExerciseSpec::id)
                .filter(id -> syllabus.labs().contains(ExerciseSpec.labOf(id)))
                .filter(id -> !syllabus.exercises().contains(id))
                .forEach(left::add);
        if (!left.isEmpty()) {
            out.println();
            out.println("In no assignment, of the same labs: " + String.join(", ", left));
        }
        return 0;
    }

    private static void print(PrintWriter out, Syllabus syllabus, Assignment assignment) {
        String due = assignment
                .due()
                .map(time -> "due " + TIME.format(ZonedDateTime.ofInstant(time, syllabus.zone())))
                .orElse("no due time");
        out.println();
        out.printf(
                Locale.ROOT,
                "%s  %s: %.2f points, %s%n",
                assignment.id(),
                assignment.title(),
                assignment.points(),
                due);
        for (Assignment.Weight weight : assignment.exercises()) {
            out.printf(
                    Locale.ROOT,
                    "  %-6s %7.2f%s%n",
                    weight.exercise(),
                    weight.points(),
                    weight.isExtraCredit() ? "  extra credit" : "");
        }
        LateRule rule = assignment.late();
        if (assignment.due().isEmpty() || !rule.costsSomething()) {
            out.println("  lateness costs nothing");
            return;
        }
        Instant time = assignment.due().get();
        out.print("  of 100 points, days late leave:");
        for (int days : DAYS) {
            double left =
                    rule.lateness(time, time.plus(Duration.ofDays(days)), 0).of(100);
            out.printf(Locale.ROOT, "  %d: %.0f", days, left);
        }
        out.println();
    }
}
