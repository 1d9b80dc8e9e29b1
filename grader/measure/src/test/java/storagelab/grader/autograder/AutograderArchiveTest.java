package storagelab.grader.autograder;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabCalls;
import storagelab.grader.cli.LabCalls.Said;

/** What {@code lab autograder} writes. */
@DisabledOnOs(OS.WINDOWS)
@Tag("same-on-every-jdk")
class AutograderArchiveTest {
    @TempDir
    Path directory;

    @Test
    void hasGradescopesScriptsAtItsRootAndTheLabsThatAreGraded() throws Exception {
        SortedMap<String, Set<PosixFilePermission>> entries = Autograders.entries(Autograders.ofLab1(directory));

        for (String script : List.of("setup.sh", "run_autograder", "grade")) {
            assertThat(script, entries.getOrDefault(script, Set.of()), hasItem(PosixFilePermission.OTHERS_EXECUTE));
        }
        assertThat(
                entries.keySet(),
                hasItems(
                        "course/lab-01-binary-search/src/main/java/storagelab/search/BinarySearch.java",
                        "course/lab-01-binary-search/target/test-classes/storagelab/search/BinarySearchTest.class"));
        assertThat(
                "labs above, tests' zoo and mutants, other people's libraries",
                entries.keySet().stream()
                        .filter(name -> name.matches(".*(lab-0[2-7]|/zoo/|/mutants/|netty|grader-measure).*"))
                        .toList(),
                is(empty()));
    }

    @Test
    void optionsAreThoseOfEverySubmission() throws Exception {
        Said said = Autograders.LAB.in(
                directory, "autograder", "out/a.zip", "--lab", "2", "--seed", "42", "--visibility", "after_due_date");
        Autograders.unpack(directory.resolve("out/a.zip"), directory.resolve("unpacked"));

        assertThat(said.err(), said.exit(), is(0));
        assertThat(said.out(), startsWith("Wrote the autograder out/a.zip ("));
        assertThat(said.out(), containsString("MB): lab 2, with benchmarks, seed 42."));
        assertThat(
                Files.readString(directory.resolve("unpacked/grade")),
                containsString(
                        " grade --lab 2 --seed 42 --visibility after_due_date --stdout-visibility hidden \"$@\"\n"));
        assertThat(
                "lab 1 is what lab 2 is graded on",
                Files.isDirectory(directory.resolve("unpacked/course/lab-01-binary-search/src/main/java")));
    }

    @Test
    void replacesAnArchiveAndLeavesNothingElse() throws Exception {
        Files.writeString(directory.resolve("autograder.zip"), "an older one");

        Path archive = Autograders.ofLab1(directory);

        assertThat(Autograders.entries(archive).keySet(), hasItem("run_autograder"));
        try (var left = Files.list(directory)) {
            assertThat(left.toList(), is(List.of(archive)));
        }
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        Said said = Autograders.LAB.in(directory, "autograder", "autograder");

        assertThat(said.exit(), is(LabException.USAGE));
        assertThat(said.err(), containsString("Give a name that ends in .zip."));
    }

    @Test
    void aHandoutHasNoAutograder() {
        Said said = new LabCalls(null).in(directory, "autograder", "a.zip");

        assertThat(said.exit(), is(LabException.USAGE));
        assertThat(said.err(), containsString("There is no command 'autograder'."));
    }

    @Test
    void scriptsPassShellcheck() throws Exception {
        Path archive = Autograders.ofLab1(directory);
        Autograders.unpack(archive, directory.resolve("a"));
        List<String> command = List.of("shellcheck", "a/setup.sh", "a/run_autograder", "a/grade");
        boolean isInstalled = ShellTools.isOnPath("shellcheck");
        assumeTrue(isInstalled, "NOT TESTED: shellcheck is not installed");

        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(said, process.waitFor(), is(0));
        assertThat(said, not(containsString("SC")));
    }
}
