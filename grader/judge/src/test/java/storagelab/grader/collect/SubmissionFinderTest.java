package storagelab.grader.collect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.collect.Packing.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;

/** What instructors download, and what is found in it. */
class SubmissionFinderTest {
    private static final byte[] SOURCE = text("package storagelab.search;\nclass BinarySearch {}\n");

    @TempDir
    Path directory;

    private SubmissionFinder finder = new SubmissionFinder(SmallCourse.COURSE);

    @BeforeEach
    void newFinder() {
        finder = new SubmissionFinder(SmallCourse.COURSE);
    }

    @AfterEach
    void close() throws IOException {
        finder.close();
    }

    private static byte[] workspace() throws IOException {
        return Packing.zip(Map.of("my-labs/" + SmallCourse.SEARCH, SOURCE));
    }

    private static List<String> names(List<Submission> found) {
        return found.stream().map(Submission::name).toList();
    }

    private static void assertHasSource(Submission submission) throws IOException {
        try (Unpacked unpacked = submission.unpack(SmallCourse.COURSE)) {
            assertThat(submission.name(), Packing.paths(unpacked), contains(SmallCourse.SEARCH));
            assertThat(Files.readAllBytes(unpacked.root().resolve(SmallCourse.SEARCH)), is(SOURCE));
        }
    }

    @Test
    void directoriesAndArchivesNextToEachOther() throws IOException {
        Packing.write(directory.resolve("ada").resolve(SmallCourse.SEARCH), SOURCE);
        Packing.write(directory.resolve("ben.zip"), workspace());
        Packing.write(directory.resolve("cem.tar.gz"), Packing.tarGz(Map.of("./labs/" + SmallCourse.SEARCH, SOURCE)));
        Packing.write(directory.resolve("notes.txt"), text("not a submission"));
        Packing.write(directory.resolve(".DS_Store"), text("not a submission"));
        List<Submission> found = finder.find(List.of(directory));
        assertThat(names(found), contains("ada", "ben", "cem"));
        for (Submission submission : found) {
            assertHasSource(submission);
        }
    }

    @Test
    void directoryThatIsASubmissionItself() throws IOException {
        Path ada = directory.resolve("ada");
        Packing.write(ada.resolve(SmallCourse.SEARCH), SOURCE);
        List<Submission> found = finder.find(List.of(ada));
        assertThat(names(found), contains("ada"));
        assertHasSource(found.get(0));
    }

    @Test
    void archiveThatIsASubmissionItself() throws IOException {
        Packing.write(directory.resolve("ada.zip"), workspace());
        List<Submission> found = finder.find(List.of(directory.resolve("ada.zip")));
        assertThat(names(found), contains("ada"));
        assertHasSource(found.get(0));
    }

    @Test
    void canvas() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("doejane_12345_111_my-labs.zip", workspace());
        files.put("doejane_12345_222_my-labs-1.zip", workspace());
        files.put("muellermax_LATE_678_333_my-labs.zip", workspace());
        files.put("roeada_99_444_BinarySearch.java", SOURCE);
        files.put("roeada_99_445_readme.txt", text("hello"));
        Packing.write(directory.resolve("submissions.zip"), Packing.zip(files));
        List<Submission> found = finder.find(List.of(directory.resolve("submissions.zip")));
        assertThat(names(found), contains("doejane_12345", "muellermax_678", "roeada_99"));
        assertThat(found.get(0).handles(), contains("12345", "doejane"));
        assertThat(found.stream().map(Submission::isMarkedLate).toList(), contains(false, true, false));
        for (Submission submission : found) {
            assertHasSource(submission);
        }
        try (Unpacked last = found.get(0).unpack(SmallCourse.COURSE)) {
            assertThat(last.notes(), hasItem(containsString("graded was my-labs-1.zip")));
        }
    }

    @Test
    void moodle() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Jane Doe_123456_assignsubmission_file_/my-labs.zip", workspace());
        files.put("Max M\u00FCller_77_assignsubmission_file_my-labs.zip", workspace());
        Packing.write(directory.resolve("course-lab1-1234.zip"), Packing.zip(files));
        List<Submission> found = finder.find(List.of(directory.resolve("course-lab1-1234.zip")));
        assertThat(names(found), contains("Jane_Doe_123456", "Max_M\u00FCller_77"));
        assertThat(found.get(0).handles(), contains("123456", "Jane Doe"));
        for (Submission submission : found) {
            assertHasSource(submission);
        }
    }

    @Test
    void gradescope() throws IOException {
        String metadata = """
                submission_98765:
                  :submitters:
                  - :name: Jane Doe
                    :sid: '12345'
                    :email: jane@example.org
                  - :name: Max Roe
                    :sid: '222'
                    :email: max@example.org
                  :created_at: 2026-11-20 21:34:26.123456000 -08:00
                  :score: 0.0
                submission_98766:
                  :submitters:
                  - :name: Ada
                    :sid: '7'
                    :email: ada@example.org
                  :created_at: "2026-11-20 21:34:26 +01:00"
                """;
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("assignment_1_export/submission_metadata.yml", text(metadata));
        files.put("assignment_1_export/submission_98765/" + SmallCourse.SEARCH, SOURCE);
        files.put("assignment_1_export/submission_98766/my-labs/" + SmallCourse.SEARCH, SOURCE);
        Packing.write(directory.resolve("export.zip"), Packing.zip(files));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Packing.write(directory.resolve(file.getKey()), file.getValue());
        }
        List<Submission> packed = finder.find(List.of(directory.resolve("export.zip")));
        for (Submission submission : packed) {
            assertHasSource(submission);
        }
        try (SubmissionFinder another = new SubmissionFinder(SmallCourse.COURSE)) {
            List<Submission> unpacked = another.find(List.of(directory.resolve("assignment_1_export")));
            for (List<Submission> found : List.of(packed, unpacked)) {
                assertThat(names(found), contains("submission_98765", "submission_98766"));
                assertThat(found.get(0).handles(), hasItems("12345", "jane@example.org", "Jane Doe", "222"));
                assertThat(found.get(0).submittedAt(), is(Optional.of(Instant.parse("2026-11-21T05:34:26.123Z"))));
                assertThat(found.get(1).submittedAt(), is(Optional.of(Instant.parse("2026-11-20T20:34:26Z"))));
            }
        }
    }

    @Test
    void githubClassroom() throws IOException {
        Path folder = directory.resolve("lab-1-submissions");
        Packing.write(folder.resolve("lab-1-ada-l").resolve(SmallCourse.SEARCH), SOURCE);
        Packing.write(folder.resolve("lab-1-ada-l/.git/config"), text("[core]"));
        List<Submission> found = finder.find(List.of(folder));
        assertThat(names(found), contains("ada-l"));
        assertThat(found.get(0).handles(), hasItem("ada-l"));
        assertHasSource(found.get(0));
    }

    @Test
    void namesAreNamesOfFilesAndUnique() throws IOException {
        for (String name : List.of("a b", "a_b", "A_b", "-x", "..y")) {
            Packing.write(directory.resolve(name).resolve(SmallCourse.SEARCH), SOURCE);
        }
        List<String> names = names(finder.find(List.of(directory)));
        assertThat(names.stream().map(String::toLowerCase).distinct().count(), is(4L)); // "..y" is hidden
        assertThat(names.stream().allMatch(name -> name.matches("[\\w.-]+") && !name.startsWith(".")), is(true));
    }

    @Test
    void placesWithoutSubmissionsAreRefused() throws IOException {
        LabException empty = assertThrows(LabException.class, () -> finder.find(List.of(directory)));
        assertThat(empty.getMessage(), startsWith("There is no submission in "));
        LabException missing =
                assertThrows(LabException.class, () -> finder.find(List.of(directory.resolve("nowhere"))));
        assertThat(missing.getMessage(), containsString("does not exist"));
        Files.writeString(directory.resolve("broken.zip"), "no zip");
        LabException broken =
                assertThrows(LabException.class, () -> finder.find(List.of(directory.resolve("broken.zip"))));
        assertThat(broken.getMessage(), containsString("is damaged"));
    }
}
