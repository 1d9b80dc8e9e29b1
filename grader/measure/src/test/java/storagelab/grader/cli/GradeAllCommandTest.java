package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabCalls.Said;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.grade.LabSources;

/** Folders of submissions to 1.1, in the real sandbox, and the gradebooks that come of them. */
@Tag("same-on-every-jdk")
@DisplayName("lab grade-all")
class GradeAllCommandTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final LabCalls LAB = new LabCalls(HOME);
    private static final String SEARCH = "storagelab/search/BinarySearch.java";
    private static final String PATH = "lab-01-binary-search/src/main/java/" + SEARCH;

    @TempDir
    Path directory;

    @BeforeEach
    void submissions() throws IOException {
        LabSources sources = LabSources.read(HOME, CourseCatalog.scan(HOME).lab(1));
        SortedMap<String, String> starter = sources.starter();
        String right = sources.reference().getOrDefault(SEARCH, "");
        String begun = starter.getOrDefault(SEARCH, "");
        submit("ada", right);
        submit("ben", begun);
        submit(
                "cem",
                right.replace("class BinarySearch {", "class BinarySearch { static { Runtime.getRuntime().halt(0); }"));
        submit("dora", right);
        Files.writeString(directory.resolve("subs/eve.zip"), "not an archive");
    }

    private void submit(String name, String text) throws IOException {
        Path file = directory.resolve("subs").resolve(name).resolve(PATH);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said gradeAll(String... options) throws Exception {
        String[] words = Stream.concat(
                        Stream.of("grade-all", "subs", "--exercise", "1.1", "--seed", "7"), Stream.of(options))
                .toArray(String[]::new);
        return LAB.in(directory, words);
    }

    /** The table without the column of flags, of which some have the time that something took. */
    private List<String> grades(String gradebook) throws IOException {
        return Files.readAllLines(directory.resolve(gradebook).resolve("grades.csv")).stream()
                .map(line -> line.replaceAll("(,[0-9.]*,[0-9]+,[0-9.]*,[0-9.]*),.*", "$1"))
                .toList();
    }

    @Test
    @DisplayName("grades each submission whatever the others do, and goes on where it was interrupted")
    void gradesAllAndResumes() throws Exception {
        Said said = gradeAll("--jobs", "2", "--out", "one");
        assertThat(said.err(), said.exit(), is(LabException.FAILED)); // one is not an archive
        assertThat(said.out(), containsString("5 submissions, 2 at a time, seed 7"));
        assertThat(said.out(), containsString("eve.zip is damaged, or is not the archive that its name says"));
        assertThat(
                grades("one").subList(1, 6),
                is(List.of(
                        "ada,,,ada,,graded,4.00,4.00,0,4.00,4.00",
                        "ben,,,ben,,graded,0.00,0.00,0,0.00,4.00",
                        "cem,,,cem,,graded,0.00,0.00,0,0.00,4.00",
                        "dora,,,dora,,graded,4.00,4.00,0,4.00,4.00",
                        "eve,,,eve,,not graded,,,0,,4.00")));
        assertThat(Files.readString(directory.resolve("one/index.html")), containsString("Binary search"));
        for (String file : List.of("reports/ada/report.html", "details/ben/result.json", "details/cem/junit.xml")) {
            assertThat(file, Files.exists(directory.resolve("one").resolve(file)), is(true));
        }
        assertThat(
                Files.readString(directory.resolve("one/details/dora/result.json")),
                not(containsString("ada"))); // the same text is graded once, and says nothing of the other student

        Said again = gradeAll("--out", "one");
        assertThat(again.exit(), is(LabException.FAILED));
        assertThat(again.err(), startsWith("There is a gradebook in one already."));

        // as if the process had been killed after two submissions, in the middle of the third
        List<String> before = grades("one");
        PathUtils.deleteFile(directory.resolve("one/results/cem.json"));
        Files.writeString(directory.resolve("one/results/dora.json"), "{\"name\": \"do");
        PathUtils.deleteFile(directory.resolve("one/grades.csv"));
        Said resumed = gradeAll("--out", "one", "--resume");
        assertThat(resumed.out(), containsString("ada                         4.00 / 4, as before"));
        assertThat(resumed.out(), containsString("ben                         0.00 / 4, as before"));
        assertThat(resumed.out(), not(containsString("cem                         0.00 / 4, as before")));
        assertThat(grades("one"), is(before));

        Said other = LAB.in(directory, "grade-all", "subs", "--exercise", "1.2", "--out", "one", "--resume");
        assertThat(other.exit(), is(LabException.FAILED));
        assertThat(other.err(), containsString("is of other settings"));
    }

    @Test
    @DisplayName("of shards that are merged, gives the same gradebook; pseudonyms lead to the students")
    void shardsAndPseudonyms() throws Exception {
        Files.writeString(
                directory.resolve("roster.csv"),
                "student,name,login\ns1,Ada L,ada\ns2,Ben R,ben\ns3,Cem Y,cem\ns4,Dora M,dora\ns5,Eve K,eve\ns6,Fay O,fay\n");
        Files.writeString(
                directory.resolve("course.toml"),
                "title = \"Small\"\nseed = 7\nroster = \"roster.csv\"\n[[assignment]]\nid = \"a\"\nexercises = [\"1.1\"]\npoints = 10\n");
        PathUtils.deleteFile(directory.resolve("subs/eve.zip"));
        for (int shard = 0; shard < 2; shard++) {
            Said said = LAB.in(
                    directory,
                    "grade-all",
                    "subs",
                    "--course",
                    "course.toml",
                    "--anonymous",
                    "key",
                    "--shard",
                    shard + "/2",
                    "--out",
                    "shards/" + shard);
            assertThat(said.err(), said.exit(), is(0));
        }
        Said merged = LAB.in(
                directory,
                "gradebook",
                "merge",
                "--course",
                "course.toml",
                "--anonymous",
                "key",
                "--out",
                "all",
                "shards/0",
                "shards/1");
        assertThat(merged.err(), merged.exit(), is(0));
        String anonymous = Files.readString(directory.resolve("all/grades.csv"));
        assertThat(anonymous, not(containsString("Ada")));
        assertThat(anonymous, not(containsString("s1")));

        Said names = LAB.in(directory, "gradebook", "names", "key", "--course", "course.toml");
        String revealed = anonymous;
        for (String line : names.out().lines().skip(1).toList()) {
            String[] cells = line.split(",");
            revealed = revealed.replace(cells[0], cells[1]);
        }
        Files.createDirectories(directory.resolve("revealed"));
        Files.writeString(directory.resolve("revealed/grades.csv"), revealed);
        assertThat(
                grades("revealed").subList(1, 7),
                is(List.of(
                        "s1,,,s1,,graded,10.00,10.00,0,10.00,10.00",
                        "s2,,,s2,,graded,0.00,0.00,0,0.00,10.00",
                        "s3,,,s3,,graded,0.00,0.00,0,0.00,10.00",
                        "s4,,,s4,,graded,10.00,10.00,0,10.00,10.00",
                        "s5,,,,,missing,0.00,0.00,0,0.00,10.00",
                        "s6,,,,,missing,0.00,0.00,0,0.00,10.00")));
    }

    @Test
    @DisplayName("writes jobs for clusters, sources for JPlag, and says what a course means")
    void whatGradesNothing() throws Exception {
        for (String scheduler : List.of("slurm", "kubernetes")) {
            Said said = gradeAll("--write", scheduler, "--shards", "3", "--out", "jobs");
            assertThat(said.err(), said.exit(), is(0));
        }
        String slurm = Files.readString(directory.resolve("jobs/grade-all.sbatch"));
        assertThat(slurm, containsString("#SBATCH --array=0-2\n"));
        assertThat(slurm, containsString("./lab grade-all subs --exercise 1.1 --seed 7 \\\n"));
        assertThat(slurm, containsString("--shard \"$SLURM_ARRAY_TASK_ID/3\""));
        String pods = Files.readString(directory.resolve("jobs/grade-all.yaml"));
        assertThat(pods, containsString("completions: 3\n"));
        assertThat(slurm + pods, not(containsString("@")));
        assertThat(gradeAll("--write", "cron").err(), startsWith("There is no template for 'cron'."));

        Said exported = gradeAll("--jplag", "sources");
        assertThat(exported.out(), startsWith("Wrote the sources of 3 submissions to sources."));
        assertThat(Files.exists(directory.resolve("sources/submissions/ada").resolve(PATH)), is(true));
        assertThat(
                Files.readString(directory.resolve("sources/base-code").resolve(PATH)),
                containsString("ExerciseNotDone"));

        Said example = LAB.in(directory, "course", "example");
        Files.writeString(directory.resolve("course.toml"), example.out());
        Said check = LAB.in(directory, "course", "check", "course.toml");
        assertThat(check.err(), check.exit(), is(0));
        assertThat(check.out(), containsString("0: 100  1: 90  2: 80  3: 70  7: 50  14: 0"));
        assertThat(check.out().lines().toList().get(0), matchesPattern("Databases, autumn 2026"));
    }

    @Test
    @DisplayName("writes a manifest that Kubernetes takes, and what a pod runs is a shard")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void podGradesItsShard() throws Exception {
        assertThat(
                gradeAll("--write", "kubernetes", "--shards", "3", "--out", "jobs")
                        .exit(),
                is(0));
        Object yaml = new Yaml().load(Files.readString(directory.resolve("jobs/grade-all.yaml")));
        JsonObject job = new Gson().toJsonTree(yaml).getAsJsonObject();
        assertThat(job.get("apiVersion").getAsString(), is("batch/v1"));
        assertThat(job.get("kind").getAsString(), is("Job"));
        JsonObject spec = job.getAsJsonObject("spec");
        assertThat(spec.get("completionMode").getAsString(), is("Indexed"));
        assertThat(spec.get("completions").getAsInt(), is(3));
        JsonObject pod = spec.getAsJsonObject("template").getAsJsonObject("spec");
        assertThat(pod.get("restartPolicy").getAsString(), is("Never"));
        JsonObject container = pod.getAsJsonArray("containers").get(0).getAsJsonObject();
        JsonObject mounted = container.getAsJsonArray("volumeMounts").get(0).getAsJsonObject();
        JsonObject volume = pod.getAsJsonArray("volumes").get(0).getAsJsonObject();
        assertThat(mounted.get("name"), is(volume.get("name")));

        Path stub = directory.resolve("print-arguments");
        Files.writeString(stub, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(stub.toFile().setExecutable(true), is(true));
        List<String> command = container.getAsJsonArray("command").asList().stream()
                .map(word -> word.getAsString().replace("/storage-lab/lab", stub.toString()))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JOB_COMPLETION_INDEX", "1");
        Process process = builder.start();
        List<String> words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(String.join(" ", words), process.waitFor(), is(0));

        Said said = LAB.in(directory, words.toArray(String[]::new));
        assertThat(said.err(), said.exit(), is(LabException.FAILED)); // one is not an archive
        assertThat(
                grades("jobs/shards/1").subList(1, 3),
                is(List.of("ben,,,ben,,graded,0.00,0.00,0,0.00,4.00", "eve,,,eve,,not graded,,,0,,4.00")));
    }

    @Test
    @DisplayName("ends where a result cannot be written, and says what to do")
    void resultThatCannotBeKept() throws Exception {
        Files.createDirectories(directory.resolve("full/results/ada.new"));
        Said said = LAB.in(directory, "grade-all", "subs/ada", "--exercise", "1.1", "--out", "full");
        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), containsString("The result of ada could not be written: "));
        assertThat(said.err(), containsString("Free some space, and go on with the same command and --resume."));
    }

    @Test
    @DisplayName("refuses what contradicts itself in one sentence")
    void usage() throws Exception {
        assertThat(gradeAll("--only-failed").err(), containsString("Add --resume."));
        assertThat(gradeAll("--assignment", "a").err(), containsString("Name it with --course."));
        assertThat(gradeAll("--fresh-seed").err(), containsString("contradict each other."));
        assertThat(gradeAll("--jobs", "0").exit(), is(LabException.USAGE));
        assertThat(
                gradeAll("--resume", "--regrade-since", "yesterday", "--out", "x")
                        .err(),
                startsWith("'yesterday' is not a time."));
        assertThat(LAB.in(directory, "grade-all", "nowhere").err(), containsString("does not exist."));
        assertThat(
                LAB.in(directory, "course", "check", "nowhere.toml").err(),
                containsString("nowhere.toml cannot be read."));
        assertThat(LAB.in(directory, "course").exit(), is(LabException.USAGE));
        assertThat(
                LAB.in(directory, "gradebook", "merge", "--out", "x", "subs").err(),
                startsWith("There is no gradebook in subs."));
    }
}
