package storagelab.grader.grade;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Lab;
import storagelab.grader.rules.SubmissionRules;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.Stage;
import storagelab.grader.run.TestWorker;

/**
 * What the confined JVMs of one grading need, copied to where they can read it: the worker, the public and the
 * hidden tests of the lab, the kits, the libraries, and the reference of the labs below. Neither the reference of the lab
 * itself nor its zoo is among it, and nothing that tests another lab. Public tests are those of the checkout; what a
 * submission has of them is not taken.
 */
final class GradeKit implements Closeable {
    private static final String RUN = TestWorker.class.getPackageName().replace('.', '/');

    /** What hidden tests of more than one lab share. */
    private static final String HIDDEN_KIT = PlannedTest.HIDDEN_PACKAGE.replace('.', '/') + "kit";

    private final Stage stage;
    private final SubmissionRules rules;
    private final List<Path> compilerTool;
    private final List<Path> labLibraries;
    private final List<Path> trustedTestPath;
    private final List<Path> referenceBelow;

    private GradeKit(
            Stage stage,
            SubmissionRules rules,
            List<Path> compilerTool,
            List<Path> labLibraries,
            List<Path> trustedTestPath,
            List<Path> referenceBelow) {
        this.stage = stage;
        this.rules = rules;
        this.compilerTool = compilerTool;
        this.labLibraries = labLibraries;
        this.trustedTestPath = trustedTestPath;
        this.referenceBelow = referenceBelow;
    }

    /** What tests of more than one lab share, and students have. */
    private static final String PUBLIC_KIT = "storagelab/testkit";

    /**
     * @param below the labs that the lab builds on
     */
    static GradeKit open(GradeContext context, Lab lab, List<Lab> below) throws IOException {
        Libraries libraries = context.libraries();
        Stage stage = Stage.open(context.sandbox());
        List<String> workerPackages = List.of(RUN, directory(lab), HIDDEN_KIT);
        List<Path> compilerTool = new ArrayList<>();
        List<Path> worker = new ArrayList<>();
        int part = 0;
        for (Path tool : libraries.tool()) {
            part++;
            compilerTool.add(stage.copyPackages(
                    "compiler-" + part, tool, List.of(RUN, "storagelab/grader/compile", "storagelab/grader/model")));
            worker.add(stage.copyPackages("worker-" + part, tool, workerPackages));
        }
        List<Path> labLibraries = stage.copyLibraries("libraries", libraries.forLabs());
        compilerTool.addAll(labLibraries);
        List<Path> trusted = new ArrayList<>(worker);
        trusted.addAll(stage.copyLibraries("junit", libraries.forTests()));
        trusted.addAll(stage.copyLibraries("public-tests", List.of(GradedTests.publicClasses(context.home(), lab))));
        for (Lab lower : below) {
            Path classes = GradedTests.publicClasses(context.home(), lower);
            if (Files.isDirectory(classes)) {
                trusted.add(stage.copyPackages("testkit-" + lower.number(), classes, List.of(PUBLIC_KIT)));
            }
        }
        trusted.addAll(labLibraries);
        List<Path> reference = below.stream()
                .flatMap(lower -> libraries.reference(lower.module()).stream())
                .toList();
        return new GradeKit(
                stage, context.rules(), compilerTool, labLibraries, trusted, stage.copyLibraries("below", reference));
    }

    private static String directory(Lab lab) {
        return GradedTests.hiddenPackage(lab).replace('.', '/');
    }

    Stage stage() {
        return stage;
    }

    /** What the classes of a submission are held to. */
    SubmissionRules rules() {
        return rules;
    }

    /** Class path of the child that compiles. */
    List<Path> compilerTool() {
        return compilerTool;
    }

    /** What the labs' own code may use. */
    List<Path> labLibraries() {
        return labLibraries;
    }

    /** The reference's classes of the labs below. */
    List<Path> referenceBelow() {
        return referenceBelow;
    }

    /** Class path of a child that tests these classes; they come last, so that they can't take another's place. */
    List<Path> testPath(List<Path> submissionClasses) {
        List<Path> path = new ArrayList<>(trustedTestPath);
        path.addAll(submissionClasses);
        return path;
    }

    @Override
    public void close() throws IOException {
        stage.close();
    }
}
