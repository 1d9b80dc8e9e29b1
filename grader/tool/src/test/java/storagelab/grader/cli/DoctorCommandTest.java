package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabCalls.Said;

/** {@code lab doctor} on this machine. */
class DoctorCommandTest {
    private static final LabCalls LAB =
            new LabCalls(Path.of("../..").toAbsolutePath().normalize());

    @TempDir
    Path directory;

    @Test
    void inACheckoutItSaysWhetherGradingIsPossible() {
        Said said = LAB.in(directory, "doctor", "--json");

        JsonObject diagnosis = JsonParser.parseString(said.out()).getAsJsonObject();
        assertThat(diagnosis.get("work").getAsBoolean(), is(true));
        boolean grading = diagnosis.get("grading").getAsBoolean();
        assertThat(said.err(), said.exit(), is(grading ? 0 : LabException.FAILED));
        assertThat(said.out(), allOf(containsString("\"name\": \"sandbox\""), containsString("\"name\": \"build\"")));
        JsonObject jdk = diagnosis.getAsJsonArray("checks").get(0).getAsJsonObject();
        assertThat(jdk.get("state").getAsString(), is("ok"));
        assertThat(jdk.get("found").getAsString(), containsString(System.getProperty("java.version")));
    }

    @Test
    void inAWorkspaceItSaysHowFarThatIs() {
        assertThat(LAB.in(directory, "start", "w").exit(), is(0));

        Said said = LAB.in(directory.resolve("w"), "doctor");

        assertThat(said.exit(), is(oneOf(0, LabException.FAILED)));
        assertThat(said.out(), containsString("  ok       workspace         0 of "));
        assertThat(said.out(), containsString("\nStudents' work: possible\nGrading:        "));
    }

    @Test
    void inAHandoutItLeavesGradingOut() {
        assertThat(LAB.in(directory, "start", "w").exit(), is(0));

        Said said = new LabCalls(null).in(directory.resolve("w"), "doctor");

        assertThat(said.err(), said.exit(), is(0));
        assertThat(
                said.out(),
                allOf(
                        containsString("\nStudents' work: possible\n"),
                        not(containsString("Grading")),
                        not(containsString("sandbox")),
                        not(containsString("Maven"))));
    }

    @Test
    void aDamagedWorkspaceIsNamedWithTheNextStep() throws Exception {
        assertThat(LAB.in(directory, "start", "w").exit(), is(0));
        Files.writeString(directory.resolve("w/.lab/course.json"), "{");

        Said said = LAB.in(directory.resolve("w"), "doctor");

        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(
                said.out(),
                allOf(
                        containsString("  missing  workspace         " + directory.resolve("w")),
                        containsString("course.json is damaged"),
                        containsString("→ Make a new workspace with ./lab start DIR"),
                        containsString("\nStudents' work: not possible\n")));
    }
}
