package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import storagelab.grader.bench.BenchmarkCatalog;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/** What a published lab has as a whole: points, benchmarks, README, guarantees and experiments. */
public final class LabPages {
    /** What the exercises of a lab are worth together. */
    public static final int POINTS = 100;

    /** What its benchmarks are worth together, on top of that. */
    static final double BENCHMARK_POINTS = 10;

    /** The second-level headings of a lab's README, in order; what follows them in the line is the lab's own. */
    public static final List<String> HEADINGS = List.of(
            "What you will be able to do",
            "The story",
            "Map of the files in reading order",
            "Invariants",
            "Predict before you run",
            "Exercises",
            "Toy beside production",
            "Break it",
            "Measure it",
            "Check yourself",
            "Limits, and how",
            "What comes next");

    /** In the README of a lab that is published in part: it may still have fewer points, and the audit says how many. */
    static final String IN_PREPARATION = "**In preparation:**";

    private static final String EXPERIMENTS = "src/main/resources/META-INF/services/storagelab.experiment.Experiment";

    private final AuditScope scope;
    private final Lab lab;
    private final CheckResult.Builder result;

    private LabPages(AuditScope scope, Lab lab, CheckResult.Builder result) {
        this.scope = scope;
        this.lab = lab;
        this.result = result;
    }

    static void check(AuditScope scope, Lab lab, CheckResult.Builder result) throws IOException {
        LabPages pages = new LabPages(scope, lab, result);
        pages.points();
        pages.headings();
        pages.guarantees();
        pages.experiments();
    }

    private void points() throws IOException {
        int points = lab.exercises().stream().mapToInt(ExerciseSpec::points).sum();
        compare("exercises", points, POINTS);
        double benchmarks = BenchmarkCatalog.of(lab.number()).stream()
                .mapToDouble(BenchmarkSpec::points)
                .sum();
        compare("benchmarks", benchmarks, BENCHMARK_POINTS);
    }

    private void compare(String what, double points, double wanted) throws IOException {
        if (points == wanted) {
            return;
        }
        String sentence = "the %s of lab %d bring %s points and not %s"
                .formatted(what, lab.number(), plain(points), plain(wanted));
        if (points < wanted && readme().contains(IN_PREPARATION)) {
            result.note(sentence + ": it is in preparation, as its README says");
        } else {
            result.finding(sentence);
        }
    }

    private static String plain(double points) {
        return points == Math.rint(points) ? Long.toString(Math.round(points)) : Double.toString(points);
    }

    private String readme() throws IOException {
        Path readme = scope.tree(lab).readme();
        return Files.exists(readme) ? Files.readString(readme) : "";
    }

    private void headings() throws IOException {
        List<String> found = readme().lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        for (int i = 0; i < HEADINGS.size(); i++) {
            String wanted = HEADINGS.get(i);
            if (i >= found.size() || !found.get(i).startsWith(wanted)) {
                result.finding("heading %d of the README of lab %d is not '%s'".formatted(i + 1, lab.number(), wanted));
                return;
            }
        }
    }

    private void guarantees() {
        String page = "notes/guarantees/lab-%02d.md".formatted(lab.number());
        if (!Files.exists(scope.home().resolve(page))) {
            result.finding("there is no " + page);
        }
    }

    private void experiments() throws IOException {
        Path registered = scope.home().resolve(lab.module()).resolve(EXPERIMENTS);
        if (!Files.exists(registered) || Files.readString(registered).isBlank()) {
            result.finding("lab %d registers no experiment".formatted(lab.number()));
        }
    }
}
