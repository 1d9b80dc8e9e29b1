package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.course.Difficulty;
import storagelab.grader.audit.LabPages;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.skeleton.ExerciseSkeleton;
import storagelab.grader.skeleton.NewExercise;

/** {@code lab new-exercise}: writes what a new exercise begins with. */
@Command(
        name = "new-exercise",
        description = "Write the files of a new exercise: reference, tests, hints, zoo, contract table, README row.",
        footer = {"", "Then fill in what is marked TODO; ./lab audit --exercise ID says what is left."})
public final class NewExerciseCommand extends Subcommand {
    @Parameters(paramLabel = "ID", description = "Its number, the next one of its lab: 3.9.")
    private String id = "";

    @Option(
            names = "--type",
            paramLabel = "CLASS",
            required = true,
            description = "The new class that the student writes: storagelab.tree.Treap.")
    private String type = "";

    @Option(names = "--title", paramLabel = "WORDS", description = "The line on the board. Default: TODO.")
    private String title = ExerciseSkeleton.MARK;

    @Option(names = "--points", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int points;

    @Option(
            names = "--difficulty",
            paramLabel = "WORD",
            defaultValue = "MEDIUM",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Difficulty difficulty = Difficulty.MEDIUM;

    @Option(names = "--hours", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private double hours;

    @Option(
            names = "--needs",
            paramLabel = "ID",
            split = ",",
            description = "Exercises whose code it calls: 3.1,3.2. Default: none.")
    private List<String> needs = new ArrayList<>();

    /** Runs in {@code context}. */
    public NewExerciseCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException {
        Path home = context.requireCheckout("A new exercise");
        Course course = CourseCatalog.scan(home);
        NewExercise exercise = new NewExercise(id, type, title, points, difficulty, hours, needs);
        List<Path> written = ExerciseSkeleton.write(home, course, exercise);
        PrintWriter out = context.out();
        out.printf("Exercise %s. Fill in what is marked %s, in this order:%n", id, ExerciseSkeleton.MARK);
        written.forEach(file -> out.println("  " + file));
        int number = ExerciseSpec.labOf(id);
        out.println("What no file can begin for you:");
        int sum = course.lab(number).points() + points;
        if (sum != LabPages.POINTS) {
            out.printf(
                    "  the exercises of lab %d now bring %d points, and should bring %d%n",
                    number, sum, LabPages.POINTS);
        }
        if (isNewPackage(written)) {
            out.println("  the package is new: name it in LAB_OF_CONCEPT of ArchitectureTest");
        }
        out.printf("  the chapter in notes/lab-%02d, notes/guarantees/lab-%02d.md, CHANGELOG.md%n", number, number);
        out.printf(
                "mvn spotless:apply formats. ./lab audit --exercise %s says what is left; CONTRIBUTING.md explains it.%n",
                id);
        return 0;
    }

    private static boolean isNewPackage(List<Path> written) {
        return written.stream().anyMatch(file -> file.endsWith("package-info.java"));
    }
}
