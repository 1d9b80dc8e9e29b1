package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.autograder.AutograderArchive;
import storagelab.grader.autograder.AutograderOptions;
import storagelab.grader.autograder.CiJobs;
import storagelab.grader.autograder.CiService;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.Lab;

/** {@code lab autograder}: writes a grader that needs no checkout. */
@Command(
        name = "autograder",
        description = {
            "Write an autograder as one archive: upload it to Gradescope, or unpack it on any machine with a JDK.",
            "It has the hidden tests and the solutions; do not publish it.",
            "With --write: the jobs of a class on GitHub or GitLab, one with the public tests for the students'"
                    + " repositories, and one that grades with the autograder for a private repository."
        })
public final class AutograderCommand extends Subcommand {
    private static final Pattern URL = Pattern.compile("https://[\\w.:/%~+=&?@,-]+");

    @Parameters(
            paramLabel = "OUT",
            description = "The archive, OUT.zip; an older one is replaced. With --write a directory.")
    private Path target = Path.of("");

    @Option(names = "--write", paramLabel = "SERVICE", description = "Write the jobs for github or gitlab instead.")
    private @Nullable CiService service;

    @Option(
            names = "--autograder-url",
            paramLabel = "URL",
            defaultValue = "",
            description = "With --write: where the job that grades finds the archive. Default: next to the job.")
    private String autograderUrl = "";

    @Option(names = "--lab", paramLabel = "N", description = "Grade only this lab; may be repeated.")
    private Set<Integer> labs = new TreeSet<>();

    @Option(names = "--no-bench", description = "Leave the benchmarks out.")
    private boolean noBenchmarks;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of random tests, the same for each submission. Default: a fresh one, chosen now.")
    private @Nullable Long seed;

    @Mixin
    private final GradescopeVisibility gradescope = new GradescopeVisibility();

    /** Runs in {@code context}. */
    public AutograderCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException {
        Path home = context.requireCheckout("Writing an autograder");
        Course course = CourseCatalog.scan(home);
        return service == null ? writeArchive(home, course) : writeJobs(service, course);
    }

    private int writeJobs(CiService wanted, Course course) throws IOException {
        if (!autograderUrl.isEmpty() && !URL.matcher(autograderUrl).matches()) {
            throw LabException.usage(
                    "'" + autograderUrl + "' is not a URL that the job can use.",
                    "It begins with https:// and has no spaces.");
        }
        Path directory = context.directory().resolve(target).normalize();
        CiJobs.write(directory, wanted, wantedLabs(course), autograderUrl);
        PrintWriter out = context.out();
        out.printf("Wrote the jobs into %s:%n", context.shown(directory));
        out.println("  students     public tests, for the repository that students start from");
        out.println("  instructor   grading, for a private repository of your own");
        out.printf("%s says how to set them up.%n", context.shown(directory.resolve("README.md")));
        return 0;
    }

    private int writeArchive(Path home, Course course) throws IOException {
        if (!autograderUrl.isEmpty()) {
            throw LabException.usage(
                    "--autograder-url is for the jobs of a service.", "Add --write github or --write gitlab.");
        }
        AutograderOptions options = new AutograderOptions(
                wantedLabs(course),
                !noBenchmarks,
                seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE),
                gradescope.options());
        Path archive = context.directory().resolve(target).normalize();
        if (!archive.toString().endsWith(".zip") || Files.isDirectory(archive)) {
            throw LabException.usage(archive + " is not the name of an archive.", "Give a name that ends in .zip.");
        }
        Files.createDirectories(archive.toAbsolutePath().getParent());
        AutograderArchive.write(archive, home, course, Libraries.ofThisTool(), options);
        PrintWriter out = context.out();
        out.printf(
                "Wrote the autograder %s (%d MB): lab %s, %s, seed %d.%n",
                context.shown(archive),
                Math.max(1, Files.size(archive) >> 20),
                options.labs().stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                options.benchmarks() ? "with benchmarks" : "without benchmarks",
                options.seed());
        out.println("It has the hidden tests and the solutions: keep it to yourself.");
        out.println("Gradescope: upload it as the autograder of a programming assignment.");
        out.println("Elsewhere:  unpack it and call ./grade DIR... --out REPORTS.");
        return 0;
    }

    private Set<Integer> wantedLabs(Course course) {
        for (int number : labs) {
            if (!course.lab(number).published()) {
                throw LabException.usage("Lab " + number + " is not yet published.", "See ./lab status.");
            }
        }
        return labs.isEmpty()
                ? course.labs().stream()
                        .filter(Lab::published)
                        .map(Lab::number)
                        .collect(Collectors.toCollection(TreeSet::new))
                : labs;
    }
}
