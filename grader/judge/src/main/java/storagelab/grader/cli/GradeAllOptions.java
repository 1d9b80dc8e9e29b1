package storagelab.grader.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.batch.Regrade;
import storagelab.grader.course.Course;
import storagelab.grader.syllabus.Syllabus;
import storagelab.grader.syllabus.SyllabusReader;

/** What {@code lab grade-all} is told on the command line. */
final class GradeAllOptions {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Directories, .zip, .tar or .tar.gz files.")
    List<Path> places = new ArrayList<>();

    @Option(
            names = "--course",
            paramLabel = "FILE",
            description = "Assignments, due dates, late rules and roster; ./lab course example prints one.")
    @Nullable
    Path courseFile;

    @Option(names = "--assignment", paramLabel = "ID", description = "Grade only this assignment of the course.")
    Set<String> assignments = new TreeSet<>();

    @Option(names = "--lab", paramLabel = "N", description = "Without --course: grade only this lab; may be repeated.")
    Set<Integer> labs = new TreeSet<>();

    @Option(names = "--exercise", paramLabel = "ID", description = "Grade only this exercise; may be repeated.")
    Set<String> exercises = new TreeSet<>();

    @Option(names = "--bench", description = "Without --course: measure benchmarks, too. Their points come on top.")
    boolean benchmarks;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "gradebook",
            description = "Where the gradebook goes. Default: gradebook.")
    Path out = Path.of("gradebook");

    @Option(names = "--jobs", paramLabel = "N", description = "How many at a time. Default: one for each processor.")
    int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--resume", description = "Go on with the gradebook that is there.")
    boolean resume;

    @Option(
            names = "--only-failed",
            description =
                    "With --resume: grade again what has not full marks, and keep what has, even if a test has changed.")
    boolean onlyFailed;

    @Option(
            names = "--regrade-since",
            paramLabel = "TIME",
            description =
                    "With --resume: grade again what was graded since then, such as 2026-11-20 or 2026-11-20T18:00.")
    @Nullable
    String regradeSince;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of random tests, in the place of the course's.")
    @Nullable
    Long seed;

    @Option(names = "--fresh-seed", description = "A seed that was not used before, in the place of the course's.")
    boolean freshSeed;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Grade only one of N equal parts, I from 0 to N-1; ./lab gradebook merge puts them together.")
    @Nullable
    String shard;

    @Option(
            names = "--anonymous",
            paramLabel = "KEYFILE",
            description = "Call students by pseudonyms, from a key that is written there if there is none.")
    @Nullable
    Path keyFile;

    @Option(
            names = "--jplag",
            paramLabel = "DIR",
            description = "Grade nothing: write the sources in the layout that JPlag reads.")
    @Nullable
    Path jplag;

    @Option(
            names = "--write",
            paramLabel = "slurm|kubernetes",
            description = "Grade nothing: write into --out what runs this as a job array of a cluster.")
    @Nullable
    String cluster;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "16",
            description = "With --write: how many parts. Default: 16.")
    int shards;

    @Option(
            names = "--image",
            paramLabel = "NAME",
            description = "With --write kubernetes: the image that has this checkout, built, in /storage-lab.")
    String image = "storage-lab";

    @Option(
            names = "--allow-unsandboxed",
            description = "Grade even where submissions cannot be confined; every report says so. Never as root.")
    boolean allowUnsandboxed;

    @Option(
            names = "--timeout-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Factor on every time limit. Default: 1.")
    double timeoutScale;

    /** What is graded, and how it is weighed. */
    Syllabus syllabus(Course course, Path directory) {
        if (!(timeoutScale > 0) || jobs < 1 || shards < 1) {
            throw LabException.usage(
                    "--timeout-scale must be above 0, and --jobs and --shards at least 1.",
                    "See ./lab grade-all --help.");
        }
        if (seed != null && freshSeed) {
            throw LabException.usage("--seed and --fresh-seed contradict each other.", "Leave one of them out.");
        }
        if ((onlyFailed || regradeSince != null) && !resume) {
            throw LabException.usage(
                    "--only-failed and --regrade-since are about a gradebook that is there.", "Add --resume.");
        }
        if (courseFile == null) {
            if (!assignments.isEmpty()) {
                throw LabException.usage("Assignments are in a course file.", "Name it with --course.");
            }
            return Syllabus.plain(course, labs, exercises, benchmarks);
        }
        if (!labs.isEmpty() || benchmarks) {
            throw LabException.usage(
                    "With --course, the file says which labs are graded and whether benchmarks are.",
                    "Leave --lab and --bench out, or choose with --assignment or --exercise.");
        }
        return SyllabusReader.read(directory.resolve(courseFile), course)
                .only(assignments)
                .onlyExercises(exercises);
    }

    /** What is graded again. */
    Regrade regrade() {
        return new Regrade(onlyFailed, Optional.ofNullable(regradeSince).map(GradeAllOptions::time));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException withoutOffset) {
            try {
                LocalDateTime local = text.contains("T")
                        ? LocalDateTime.parse(text)
                        : LocalDate.parse(text).atStartOfDay();
                return local.atZone(ZoneId.systemDefault()).toInstant();
            } catch (DateTimeParseException notATime) {
                throw LabException.usage("'" + text + "' is not a time.", "Write 2026-11-20 or 2026-11-20T18:00.");
            }
        }
    }

    /** What grades one submission again, without the paths of this machine. */
    String reproduce(String name, Syllabus syllabus, long chosenSeed) {
        StringBuilder command = new StringBuilder("./lab grade ").append(GradeCommand.quoted(name));
        if (exercises.isEmpty() && courseFile == null) {
            syllabus.labs().forEach(lab -> command.append(" --lab ").append(lab));
        } else {
            syllabus.exercises()
                    .forEach(exercise -> command.append(" --exercise ").append(exercise));
        }
        command.append(syllabus.benchmarks() ? "" : " --no-bench");
        return command.append(" --seed ").append(chosenSeed).toString();
    }

    /** The whole command, which grades the same again. */
    String command(long chosenSeed) {
        return String.join(" ", arguments()) + " --seed " + chosenSeed;
    }

    /** The command line without what is about one run. */
    List<String> arguments() {
        List<String> words = new ArrayList<>(List.of("./lab", "grade-all"));
        places.forEach(place -> words.add(GradeCommand.quoted(place.toString())));
        if (courseFile != null) {
            words.addAll(List.of("--course", GradeCommand.quoted(courseFile.toString())));
        }
        assignments.forEach(id -> words.addAll(List.of("--assignment", GradeCommand.quoted(id))));
        labs.forEach(lab -> words.addAll(List.of("--lab", lab.toString())));
        exercises.forEach(exercise -> words.addAll(List.of("--exercise", exercise)));
        if (benchmarks) {
            words.add("--bench");
        }
        if (keyFile != null) {
            words.addAll(List.of("--anonymous", GradeCommand.quoted(keyFile.toString())));
        }
        if (allowUnsandboxed) {
            words.add("--allow-unsandboxed");
        }
        if (timeoutScale != 1) {
            words.addAll(List.of("--timeout-scale", Double.toString(timeoutScale)));
        }
        return words;
    }
}
