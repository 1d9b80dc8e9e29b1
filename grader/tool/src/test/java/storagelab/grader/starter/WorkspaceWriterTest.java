package storagelab.grader.starter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import storagelab.grader.LabException;
import storagelab.grader.workspace.Workspace;

class WorkspaceWriterTest {
    @TempDir
    Path temporary;

    private Path home;
    private Path target;

    @BeforeEach
    void checkout() {
        home = temporary.resolve("home");
        target = temporary.resolve("w");
        TinyCheckout.write(home);
    }

    @Test
    void aWorkspaceHasTheLabsTheToolAndTheStarterToCompareWith() throws IOException {
        WorkspaceWriter.start(home, target);

        assertThat(
                paths(target),
                contains(
                        ".gitattributes",
                        ".gitignore",
                        ".lab/course.json",
                        ".lab/hints/1.1.md",
                        ".lab/home",
                        ".lab/starter/lab-01-tiny/src/main/java/tiny/Given.java",
                        ".lab/starter/lab-01-tiny/src/main/java/tiny/Pair.java",
                        ".lab/starter/lab-01-tiny/src/main/java/tiny/Single.java",
                        ".lab/versions.json",
                        "README.md",
                        "lab",
                        "lab-01-tiny/README.md",
                        "lab-01-tiny/pom.xml",
                        "lab-01-tiny/src/main/java/tiny/Given.java",
                        "lab-01-tiny/src/main/java/tiny/Pair.java",
                        "lab-01-tiny/src/main/java/tiny/Single.java",
                        "lab-01-tiny/src/test/java/tiny/PairTest.java",
                        "lab.cmd",
                        "notes/formats/pair.md",
                        "pom.xml"));
        assertThat(Files.isExecutable(target.resolve("lab")), is(true));
        assertThat(Workspace.at(target).flatMap(Workspace::home), equalTo(Optional.of(home)));
    }

    @Test
    void nothingOfTheSolutionIsInIt() throws IOException {
        WorkspaceWriter.start(home, target);

        contents(target).forEach((path, text) -> {
            assertThat(path, text, not(containsString("@Solution")));
            assertThat(path, text, not(containsString("course.Solution")));
            assertThat(path, text, not(containsString("secret")));
        });
        assertThat(
                Files.readString(target.resolve(TinyCheckout.PAIR)),
                containsString("throw new ExerciseNotDone(\"1.2\");"));
    }

    @Test
    void twoRunsGiveTheSameBytes() throws IOException {
        WorkspaceWriter.start(home, target);
        WorkspaceWriter.start(home, temporary.resolve("again"));

        assertThat(contents(temporary.resolve("again")), equalTo(contents(target)));
    }

    @Test
    void thePomHasTheVersionsOfTheCheckoutAndOnlyPublishedLabs() throws Exception {
        WorkspaceWriter.start(home, target);

        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(target.resolve("pom.xml").toFile());
        assertThat(pom.getElementsByTagName("module").getLength(), is(1));
        assertThat(pom.getElementsByTagName("module").item(0).getTextContent(), is("lab-01-tiny"));
        String text = Files.readString(target.resolve("pom.xml"));
        String parent = Files.readString(home.resolve("pom.xml"));
        for (String property : List.of("guava.version", "junit.version", "maven.compiler.release")) {
            String line = parent.lines()
                    .filter(each -> each.strip().startsWith("<" + property + ">"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text, containsString(line));
        }
        assertThat(text, not(containsString("errorprone")));
        assertThat(text, not(containsString("spotless")));
    }

    @Test
    void linksThatWouldLeadOutOfTheWorkspaceBecomeWords() throws IOException {
        WorkspaceWriter.start(home, target);

        assertThat(
                Files.readString(target.resolve("lab-01-tiny/README.md")),
                is("# Lab 1: tiny things\n\n[format](../notes/formats/pair.md) gone\n"));
        assertThat(
                Files.readString(target.resolve("notes/formats/pair.md")),
                is("# Pair\n\ndecision, [lab](../../lab-01-tiny/README.md)\n"));
    }

    @Test
    void aDirectoryWithSomethingInItIsLeftAlone() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine.txt"), "mine");

        LabException refused = assertThrows(LabException.class, () -> WorkspaceWriter.start(home, target));

        assertThat(refused.getMessage(), is(target + " is not empty, and nothing in it was touched."));
        assertThat(paths(target), contains("mine.txt"));
    }

    @Test
    void aWorkspaceIsNotWrittenOver() throws IOException {
        WorkspaceWriter.start(home, target);
        Files.writeString(target.resolve(TinyCheckout.PAIR), "mine");

        LabException refused = assertThrows(LabException.class, () -> WorkspaceWriter.start(home, target));

        assertThat(refused.getMessage(), is(target + " is a workspace already, and nothing in it was touched."));
        assertThat(Files.readString(target.resolve(TinyCheckout.PAIR)), is("mine"));
    }

    @Test
    void aHandoutCarriesTheStudentsToolAndNoWayToTheReference() throws IOException {
        Files.createDirectories(target.resolve(".git"));

        WorkspaceWriter.handout(home, target);

        assertThat(
                paths(target),
                hasItems(
                        ".github/workflows/lab.yml",
                        ".lab/lib/grader-tool-1.0.jar",
                        ".lab/lib/grader-course-lab-01-1.0-bench.jar",
                        ".lab/lib/guava.jar",
                        "LICENSE"));
        assertThat(paths(target), not(hasItem(".lab/home")));
        assertThat(paths(target), not(hasItem(".lab/lib/grader-course-lab-01-1.0.jar")));
        assertThat(paths(target), not(hasItem(".lab/lib/lab-01-tiny-1.0.jar")));
        contents(target).forEach((path, text) -> assertThat(path, text, not(containsString(temporary.toString()))));
        assertThat(
                "the page of a handout speaks of commands that need the reference",
                Files.readString(target.resolve("README.md")),
                not(anyOf(containsString("lab unlock"), containsString("lab solution"))));
        assertThat(
                "the workflow tests every published lab",
                Files.readString(target.resolve(".github/workflows/lab.yml")),
                containsString("for lab in 1; do ./lab test \"$lab\""));
    }

    @Test
    void withoutTheStudentsToolThereIsNoHandout() throws IOException {
        Files.delete(home.resolve("grader/course/lab-01/target/grader-course-lab-01-1.0-bench.jar"));

        assertThrows(LabException.class, () -> WorkspaceWriter.handout(home, target));

        assertThat(Files.exists(target), is(false));
    }

    private static List<String> paths(Path root) throws IOException {
        return List.copyOf(contents(root).keySet());
    }

    private static SortedMap<String, String> contents(Path root) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
