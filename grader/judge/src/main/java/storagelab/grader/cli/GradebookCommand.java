package storagelab.grader.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.batch.Graded;
import storagelab.grader.batch.ResultStore;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.gradebook.Gradebook;
import storagelab.grader.gradebook.GradebookFiles;
import storagelab.grader.gradebook.GradebookPage;
import storagelab.grader.gradebook.GradebookRow;
import storagelab.grader.gradebook.GradebookSettings;
import storagelab.grader.gradebook.Pseudonyms;
import storagelab.grader.syllabus.Roster;
import storagelab.grader.syllabus.Student;
import storagelab.grader.syllabus.Syllabus;
import storagelab.grader.syllabus.SyllabusReader;

/** {@code lab gradebook}: what can be done with results that are there. */
@Command(name = "gradebook", description = "Merge gradebooks of shards, or say who is who in an anonymous one.")
public final class GradebookCommand extends Subcommand {
    /** Runs in {@code context}. */
    public GradebookCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        throw LabException.usage(
                "What about the gradebook?", "./lab gradebook merge --help, or ./lab gradebook names --help.");
    }

    @Command(
            name = "merge",
            description = "Put the results of several gradebooks into one, and write it. Nothing is graded.")
    int merge(
            @Parameters(paramLabel = "DIR", arity = "1..*", description = "Gradebooks, such as those of shards.")
                    List<Path> parts,
            @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the gradebook goes.")
                    Path out,
            @Option(
                            names = "--course",
                            paramLabel = "FILE",
                            description = "The course that the shards were graded with.")
                    @Nullable
                    Path courseFile,
            @Option(names = "--assignment", paramLabel = "ID", description = "Only this assignment of the course.")
                    @Nullable
                    Set<String> assignments,
            @Option(
                            names = "--anonymous",
                            paramLabel = "KEYFILE",
                            description = "The key that the shards were graded with.")
                    @Nullable
                    Path keyFile)
            throws IOException {
        Course course = CourseCatalog.scan(context.requireCheckout("Merging gradebooks"));
        Path directory = context.directory().resolve(out);
        List<Graded> all = new ArrayList<>();
        @Nullable GradebookSettings settings = null;
        for (Path part : parts) {
            Path from = context.directory().resolve(part);
            GradebookSettings own = settingsOf(from);
            if (settings != null && !settings.equals(own)) {
                throw new LabException(
                        "The gradebooks are of different settings: " + part + " has " + own.describe()
                                + ", and those before it " + settings.describe() + ".",
                        "Grade them with the same course and seed.");
            }
            settings = own;
            all.addAll(ResultStore.open(from.resolve(GradebookFiles.RESULTS)).all());
        }
        GradebookSettings same = java.util.Objects.requireNonNull(settings);
        ResultStore store = ResultStore.open(directory.resolve(GradebookFiles.RESULTS));
        same.write(directory);
        for (Graded graded : all) {
            store.put(graded);
        }
        Syllabus syllabus = courseFile == null
                ? Syllabus.plain(course, Set.of(), Set.copyOf(same.exercises()), same.benchmarks())
                : SyllabusReader.read(context.directory().resolve(courseFile), course)
                        .only(assignments == null ? Set.of() : assignments)
                        .onlyExercises(new TreeSet<>(same.exercises()));
        if (keyFile != null) {
            Pseudonyms pseudonyms = Pseudonyms.existing(context.directory().resolve(keyFile));
            syllabus = syllabus.with(pseudonyms.disguised(syllabus.roster()));
        }
        Gradebook gradebook = Gradebook.of(syllabus, store.all());
        String command = "./lab gradebook merge --out " + GradeCommand.quoted(out.toString()) + " "
                + String.join(
                        " ",
                        parts.stream()
                                .map(Path::toString)
                                .map(GradeCommand::quoted)
                                .toList());
        GradebookFiles.write(gradebook, new GradebookPage.Facts(same.seed(), command, List.of()), directory);
        GradebookSummary.print(context, gradebook, directory);
        return gradebook.count(GradebookRow.Status.NOT_GRADED) == 0 ? 0 : LabException.FAILED;
    }

    private GradebookSettings settingsOf(Path directory) throws IOException {
        Optional<GradebookSettings> settings = GradebookSettings.read(directory);
        return settings.orElseThrow(() -> new LabException(
                "There is no gradebook in " + context.shown(directory) + ".",
                "Name directories that ./lab grade-all has written with --out."));
    }

    @Command(
            name = "names",
            description = "Print, as CSV, which student has which pseudonym in gradebooks with this key.")
    int names(
            @Parameters(paramLabel = "KEYFILE", description = "The key that --anonymous has written.") Path keyFile,
            @Option(
                            names = "--course",
                            paramLabel = "FILE",
                            required = true,
                            description = "The course with the roster.")
                    Path courseFile)
            throws IOException {
        Course course = CourseCatalog.scan(context.requireCheckout("Naming students"));
        Pseudonyms pseudonyms = Pseudonyms.existing(context.directory().resolve(keyFile));
        Roster roster = SyllabusReader.read(context.directory().resolve(courseFile), course)
                .roster();
        StringWriter text = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("pseudonym", "student", "name");
            for (Student student : roster.students()) {
                csv.printRecord(pseudonyms.of(student.id()), student.id(), student.name());
            }
        }
        context.out().print(text);
        return 0;
    }
}
