package storagelab.grader.autograder;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.starter.WorkspaceWriter;

/**
 * The jobs of a class on a service of continuous integration: one with the public tests, for the students' repositories, and
 * one that grades, for a private repository of the instructor. The students' half has neither a hidden test nor a secret, since a
 * student can read all that a job in their repository reads.
 */
public final class CiJobs {
    private static final Set<String> SCRIPTS = Set.of("instructor/fetch-all", "instructor/grade-all");

    private CiJobs() {}

    /**
     * Writes the directories {@code students} and {@code instructor} and a page about them.
     *
     * @param labs whose public tests run
     * @param autograderUrl where the instructor's job finds the autograder; empty if it is next to the job
     * @throws LabException if one of the files exists already; nothing is written then
     */
    public static void write(Path target, CiService service, Set<Integer> labs, String autograderUrl)
            throws IOException {
        String name = service.name().toLowerCase(Locale.ROOT);
        String numbers = new TreeSet<>(labs).stream().map(String::valueOf).collect(Collectors.joining(" "));
        SortedMap<String, String> files = new TreeMap<>();
        files.put(
                "students/" + service.studentsFile(),
                service == CiService.GITHUB
                        ? WorkspaceWriter.githubWorkflow(numbers)
                        : text(name + "-students.yml").replace("LABS", numbers));
        files.put("instructor/" + service.instructorsFile(), text(name + "-grade.yml"));
        files.put("instructor/fetch-all", text("fetch-all").replace("@AUTOGRADER_URL@", autograderUrl));
        files.put("instructor/grade-all", text("grade-all"));
        files.put("instructor/submissions.txt", text("submissions.txt").replace("@HOST@", service.host()));
        files.put("instructor/.gitignore", "/autograder/\n/submissions/\n/reports/\n/not-fetched.txt\n");
        files.put(
                "README.md",
                text("README.md").replace("@SERVICE@", service.title()).replace("@CONFINED@", service.confinement()));
        for (String path : files.keySet()) {
            if (Files.exists(target.resolve(path))) {
                throw new LabException(
                        target.resolve(path) + " exists already, and nothing was written.",
                        "Give the name of a new directory.");
            }
        }
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = target.resolve(entry.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, entry.getValue());
            if (SCRIPTS.contains(entry.getKey()) && !file.toFile().setExecutable(true, false)) {
                throw new LabException(file + " could not be made executable.", "Make it so with chmod +x.");
            }
        }
    }

    private static String text(String name) throws IOException {
        return Resources.toString(Resources.getResource(CiJobs.class, "ci/" + name), StandardCharsets.UTF_8);
    }
}
