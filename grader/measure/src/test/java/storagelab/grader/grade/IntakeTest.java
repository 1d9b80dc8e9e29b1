package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.grade.Intake.Taken;

/** What is taken from a submission: plain Java sources that a student may write, and nothing else. */
class IntakeTest {
    private static final String MAIN = "lab-01-binary-search/src/main/java/";

    @TempDir
    Path submission;

    private Path write(String path, String text) throws IOException {
        Path file = submission.resolve(MAIN + path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private Taken take() throws IOException {
        return Intake.take(submission, SampleLab.SOURCES);
    }

    @Test
    void exerciseFilesReplaceTheStarters() throws IOException {
        write(SampleLab.BINARY_SEARCH, "// mine");

        assertThat(take().texts().get(SampleLab.BINARY_SEARCH), is("// mine"));
        assertThat(take().ignored(), is(empty()));
    }

    @Test
    void missingFilesAreTheStarters() throws IOException {
        write(SampleLab.BINARY_SEARCH, "// mine");

        assertThat(
                take().texts().get(SampleLab.RECORD_LOG),
                is(SampleLab.SOURCES.starter().get(SampleLab.RECORD_LOG)));
    }

    @Test
    void helpersInExercisePackagesAreTaken() throws IOException {
        write("storagelab/sortedlog/MyHelper.java", "// mine");
        write("storagelab/sortedlog/detail/Deeper.java", "// mine");

        assertThat(take().texts(), hasKey("storagelab/sortedlog/MyHelper.java"));
        assertThat(take().texts(), hasKey("storagelab/sortedlog/detail/Deeper.java"));
    }

    @Test
    void whatTheCourseGivesStaysAsItIs() throws IOException {
        String path = "storagelab/course/ExerciseNotDone.java";
        write(path, "// never throws");

        assertThat(take().texts().get(path), is(SampleLab.SOURCES.starter().get(path)));
        assertThat(take().ignored(), contains(startsWith(path + " (given by the course")));
    }

    @Test
    void whatAnEarlierEditionOfTheCourseGaveIsNotCalledChanged() throws IOException {
        String path = "storagelab/course/ExerciseNotDone.java";
        write(path, "// as it was last week");
        Path handedOut = submission.resolve(".lab/starter/" + MAIN + path);
        Files.createDirectories(handedOut.getParent());
        Files.writeString(handedOut, "// as it was last week");

        assertThat(take().texts().get(path), is(SampleLab.SOURCES.starter().get(path)));
        assertThat(take().ignored(), contains(startsWith(path + " (of an earlier edition of the course")));
    }

    @Test
    void otherPackagesAreIgnored() throws IOException {
        write("org/junit/jupiter/api/Assertions.java", "// always passes");
        write("storagelab/testkit/StoreModel.java", "// always passes");

        assertThat(take().texts(), not(hasKey("org/junit/jupiter/api/Assertions.java")));
        assertThat(take().texts(), not(hasKey("storagelab/testkit/StoreModel.java")));
        assertThat(
                take().ignored(),
                contains(
                        "org/junit/jupiter/api/Assertions.java (not in a package of an exercise, nor in one of your own)",
                        "storagelab/testkit/StoreModel.java (not in a package of an exercise, nor in one of your own)"));
    }

    @Test
    void otherFilesAreIgnoredAndListed() throws IOException {
        write("storagelab/search/notes.txt", "a note");
        write("module-info.java", "module m {}");

        assertThat(
                take().ignored(),
                contains("module-info.java (not a Java source)", "storagelab/search/notes.txt (not a Java source)"));
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path secret = Files.writeString(submission.resolve("secret.java"), "// secret");
        Path link = write("storagelab/search/Other.java", "").resolveSibling("Link.java");
        Files.createSymbolicLink(link, secret);

        assertThat(take().texts(), not(hasKey("storagelab/search/Link.java")));
        assertThat(take().refused().get("storagelab/search/Link.java"), is("it is a link"));
    }

    @Test
    void linkedModuleIsNoSubmission() throws IOException {
        Path elsewhere = Files.createDirectory(submission.resolve("elsewhere"));
        Files.createSymbolicLink(submission.resolve("lab-01-binary-search"), elsewhere);

        assertThat(Intake.holds(submission, SampleLab.COURSE.lab(1)), is(false));
    }

    @Test
    void largeAndUnreadableTextsAreRefused() throws IOException {
        write("storagelab/search/Large.java", "x".repeat(200_001));
        Path file = write("storagelab/search/Latin.java", "");
        Files.write(file, new byte[] {(byte) 0xE9, 'a'});

        Taken taken = take();

        assertThat(taken.refused().get("storagelab/search/Large.java"), is("it is larger than 200000 bytes"));
        assertThat(taken.refused().get("storagelab/search/Latin.java"), is("it is not UTF-8"));
        assertThat(taken.ignored(), is(empty()));
    }

    @Test
    void ofManyFilesTheExercisesAreTaken() throws IOException {
        for (int i = 0; i < 450; i++) {
            write("storagelab/search/Spare" + i + ".java", "");
            write("storagelab/aaa/Spare" + i + ".java", "");
        }
        write(SampleLab.BINARY_SEARCH, "// mine");
        write(SampleLab.RECORD_LOG, "// mine, too");

        Taken taken = take();

        assertThat(taken.texts().get(SampleLab.BINARY_SEARCH), is("// mine"));
        assertThat(taken.texts().get(SampleLab.RECORD_LOG), is("// mine, too"));
        assertThat(taken.ignored(), hasItem("all but 400 of the files that the lab does not have itself"));
    }

    @Test
    void typesWithoutAnExerciseAreTheCourses() throws IOException {
        String path = SampleLab.SOURCES.starter().keySet().stream()
                .filter(other -> other.startsWith("storagelab/sortedlog/")
                        && !SampleLab.SOURCES.exerciseFiles().contains(other))
                .findFirst()
                .orElseThrow();
        write(path, "// always equal");

        assertThat(take().texts().get(path), is(SampleLab.SOURCES.starter().get(path)));
        assertThat(take().ignored(), contains(path + " (given by the course, and not to be changed)"));
    }

    @Test
    void aByteOrderMarkAndOtherEndsOfLinesAreNoChange() throws IOException {
        write(SampleLab.BINARY_SEARCH, "\uFEFF// mine\r\nclass A {}\r\n");
        String given = "storagelab/course/ExerciseNotDone.java";
        write(
                given,
                "\uFEFF" + SampleLab.SOURCES.starter().getOrDefault(given, "").replace("\n", "\r\n"));

        assertThat(take().texts().get(SampleLab.BINARY_SEARCH), is("// mine\nclass A {}\n"));
        assertThat(take().ignored(), is(empty()));
    }

    @Test
    void namesMayHaveLettersOfEveryLanguage() throws IOException {
        Charset ofFileNames = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        assumeTrue(
                ofFileNames.newEncoder().canEncode("\u0308\u00df"),
                "the locale cannot name such a file: " + ofFileNames);
        write("storagelab/search/Gro\u0308\u00dfe.java", "// an o and two dots, as some systems write file names");

        assertThat(take().texts(), hasKey("storagelab/search/Gr\u00f6\u00dfe.java"));
    }

    @Test
    void packagesOfTheStudentsOwnAreTaken() throws IOException {
        write("util/Bits.java", "// mine");

        assertThat(take().texts(), hasKey("util/Bits.java"));
    }

    @Test
    void aClassNamedLikeOneOfTheTestsIsRefusedInAllWords() throws IOException {
        String path = "storagelab/search/BinarySearchTest.java";
        write(path, "// a helper, in whose place the test would be loaded");

        assertThat(
                take().refused().get(path), is("it is named like a class of the course's tests: give it another name"));
        assertThat(take().texts(), not(hasKey(path)));
    }

    @Test
    void missingExercisesAreNamed() throws IOException {
        write(SampleLab.BINARY_SEARCH, "// mine");

        assertThat(take().missing(), hasItem(SampleLab.RECORD_LOG));
        assertThat(take().missing(), not(hasItem(SampleLab.BINARY_SEARCH)));
    }
}
