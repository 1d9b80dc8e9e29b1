package storagelab.grader.gradebook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.collect.Submission;
import storagelab.grader.syllabus.Roster;
import storagelab.grader.syllabus.Student;

/** Other names for students. */
class PseudonymsTest {
    private static final Roster ROSTER = new Roster(
            List.of(new Student("s1", "Jane Doe", "A", List.of("s1", "Jane Doe", "jdoe"), Optional.empty(), 3)));

    @TempDir
    Path directory;

    private static Submission submission(String name, String... handles) {
        return new Submission(name, List.of(handles), Optional.empty(), false, () -> {
            throw new IOException("not opened");
        });
    }

    @Test
    void theSameKeyGivesTheSameNames() throws IOException {
        Path key = directory.resolve("key");
        String first = Pseudonyms.of(key).of("s1");
        assertThat(first, matchesPattern("p-[a-z2-7]{8}"));
        assertThat(Pseudonyms.of(key).of("s1"), is(first));
        assertThat(Pseudonyms.existing(key).of("s2"), is(not(first)));
        assertThat(Pseudonyms.of(directory.resolve("another")).of("s1"), is(not(first)));
    }

    @Test
    void rosterAndSubmissionsMeetUnderThePseudonym() throws IOException {
        Pseudonyms pseudonyms = Pseudonyms.of(directory.resolve("key"));
        Roster disguised = pseudonyms.disguised(ROSTER);
        List<Submission> submissions = pseudonyms.disguised(
                List.of(submission("jdoe", "jdoe"), submission("jdoe-2", "jdoe"), submission("zoe", "zoe")), ROSTER);
        String jane = pseudonyms.of("s1");
        assertThat(
                submissions.stream().map(Submission::name).toList(), contains(jane, jane + "-2", pseudonyms.of("zoe")));
        assertThat(disguised.matching(submissions.get(1).handles()).size(), is(1));
        Student student = disguised.students().get(0);
        assertThat(student.extraDays(), is(3));
        assertThat(student.section(), is("A"));
        assertThat(disguised.toString(), not(containsString("Jane")));
        assertThat(disguised.toString(), not(containsString("jdoe")));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theKeyIsItsOwnersAlone() throws IOException {
        Path key = directory.resolve("key");
        Pseudonyms.of(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)), is("rw-------"));
    }

    @Test
    void anotherFileIsNoKey() throws IOException {
        Path file = Files.writeString(directory.resolve("notes"), "hello");
        LabException refusal = assertThrows(LabException.class, () -> Pseudonyms.of(file));
        assertThat(refusal.getMessage(), containsString("is not a key for pseudonyms"));
        assertThat("nothing is lost", Files.readString(file), is("hello"));
    }
}
