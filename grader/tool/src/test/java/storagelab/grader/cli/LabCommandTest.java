package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.cli.LabCalls.Said;
import storagelab.grader.starter.TinyCheckout;
import storagelab.grader.workspace.Progress;
import storagelab.grader.workspace.SourceHash;
import storagelab.grader.workspace.Workspace;

class LabCommandTest {
    @TempDir
    Path temporary;

    private Path home;
    private Path workspace;
    private LabCalls lab;

    @BeforeEach
    void start() {
        home = temporary.resolve("home");
        TinyCheckout.write(home);
        lab = new LabCalls(home);
        workspace = temporary.resolve("w");
        assertThat(lab.in(temporary, "start", "w").exit(), is(0));
    }

    @Test
    void startSaysWhereToBegin() {
        Said said = lab.in(temporary, "start", "second");

        assertThat(said.exit(), is(0));
        assertThat(
                said.out(),
                allOf(
                        containsString("Wrote the workspace second: 3 exercises in 1 of 2 labs."),
                        containsString("Your first exercise: 1.1 One (2 points)"),
                        containsString("cd second"),
                        containsString("./lab test 1.1")));
    }

    @Test
    void startOverSomethingIsRefusedInOneSentenceAndANextStep() {
        Said said = lab.in(temporary, "start", "w");

        assertThat(said.exit(), is(2));
        assertThat(
                said.err().lines().toList(),
                is(List.of(
                        workspace + " is a workspace already, and nothing in it was touched.",
                        "Change into it and call ./lab, or give another name: ./lab start DIR.")));
    }

    @Test
    void theBoardOfAWorkspaceShowsEveryExerciseAndTheNextStep() {
        Said said = lab.in(workspace);

        assertThat(said.exit(), is(0));
        assertThat(
                said.out().lines().map(String::strip).toList(),
                is(List.of(
                        "Lab 1  tiny things                                            0 / 10",
                        "○ 1.1   One                                                   2",
                        "○ 1.2   Two                                                   3",
                        "○ 1.3   Three                                                 5",
                        "Lab 2  things to come                                         not yet published",
                        "",
                        "0 of 10 points.",
                        "Next: 1.1 One",
                        "write  " + TinyCheckout.PAIR,
                        "run    ./lab test 1.1",
                        "stuck? ./lab hint 1.1")));
    }

    @Test
    void theBoardWorksInAnyFolderOfTheWorkspaceAndAsJson() {
        Said said = lab.in(workspace.resolve("lab-01-tiny/src"), "status", "--json");

        assertThat(
                JsonParser.parseString(said.out())
                        .getAsJsonObject()
                        .getAsJsonArray("labs")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("exercises")
                        .get(2)
                        .getAsJsonObject()
                        .get("state")
                        .getAsString(),
                is("NOT_STARTED"));
    }

    @Test
    void theBoardOfTheCheckoutSaysWhatItIs() {
        Said said = lab.in(home);

        assertThat(said.exit(), is(0));
        assertThat(
                said.out(), allOf(containsString("● 1.1"), containsString("./lab start"), containsString("10 points")));
    }

    @Test
    void hintsComeOneAfterTheOther() {
        Said first = lab.in(workspace, "hint", "1.1");
        assertThat(first.out(), allOf(containsString("hint 1 of 2"), containsString("A nudge\n\nLook.")));
        assertThat(first.out(), not(containsString("For authors")));
        assertThat(lab.in(workspace, "hint", "1.1").out(), is(first.out()));

        Said second = lab.in(workspace, "hint", "1.1", "--more");
        assertThat(
                second.out(),
                allOf(containsString("hint 2 of 2"), containsString("Return 1."), containsString("last hint")));
        assertThat(lab.in(workspace, "hint", "1.1").out(), is(second.out()));
        assertThat(lab.in(workspace, "hint", "1.1", "--more").out(), containsString("There is no stronger hint."));
    }

    @Test
    void anExerciseWithoutHintsSaysSo() {
        Said said = lab.in(workspace, "hint", "1.3");

        assertThat(said.exit(), is(2));
        assertThat(said.err(), startsWith("There are no hints for 1.3."));
    }

    @Test
    void aSolutionIsNotShownWithoutAsking() {
        Said said = lab.in(workspace, "solution", "1.3");

        assertThat(said.exit(), is(2));
        assertThat(said.err(), containsString("Add --yes"));
        assertThat(said.out(), not(containsString("Helper")));
        assertThat(lab.answering("n\n", workspace, "solution", "1.3").out(), not(containsString("Helper")));
    }

    @Test
    void aSolutionStandsBesideYoursWithWhatItNeeds() {
        Said said = lab.in(workspace, "solution", "1.3", "--yes");

        assertThat(said.exit(), is(0));
        assertThat(
                said.out(),
                allOf(
                        containsString("yours: " + TinyCheckout.SINGLE),
                        containsString("throw new ExerciseNotDone(\"1.3\");"),
                        containsString("the reference: .lab/solution/" + TinyCheckout.SINGLE),
                        containsString("return helper.help();"),
                        containsString("/** Knows three. */\nfinal class Helper {")));
        assertThat(lab.answering("y\n", workspace, "solution", "1.3").out(), containsString("return helper.help();"));
    }

    @Test
    void theSolutionOfAPassedExerciseNeedsNoQuestion() throws IOException {
        pass();

        assertThat(lab.in(workspace, "solution", "1.1").exit(), is(0));
    }

    @Test
    void unlockingAnExerciseKeepsWhatWasWrittenAndLeavesItsNeighbourAlone() throws IOException {
        write("throw new ExerciseNotDone(\"1.1\");", "return 11;");
        write("throw new ExerciseNotDone(\"1.2\");", "return 22;");

        Said said = lab.in(workspace, "unlock", "1.1");

        assertThat(said.exit(), is(0));
        String text = Files.readString(workspace.resolve(TinyCheckout.PAIR));
        assertThat(text, allOf(containsString("return secret();"), containsString("return 22;")));
        assertThat(text, not(containsString("Solution")));
        Path kept = kept();
        assertThat(Files.readString(kept.resolve(TinyCheckout.PAIR)), containsString("return 11;"));
        assertThat(said.out(), containsString(workspace.relativize(kept).toString()));
        assertThat(lab.in(workspace).out(), allOf(containsString("◇ 1.1"), containsString("◐ 1.2")));
    }

    @Test
    void unlockingBringsTheFilesThatOnlyTheReferenceHas() throws IOException {
        lab.in(workspace, "unlock", "1.3");

        assertThat(Files.readString(workspace.resolve(TinyCheckout.SINGLE)), containsString("return helper.help();"));
        assertThat(Files.readString(workspace.resolve(TinyCheckout.HELPER)), not(containsString("Solution")));
        assertThat(Files.exists(workspace.resolve(".lab/kept")), is(false));
    }

    @Test
    void unlockingALabLeavesWhatPassesUnlessAll() throws IOException {
        pass();

        assertThat(lab.in(workspace, "unlock", "1").out(), containsString("1.1: passed, and still your own code"));
        assertThat(Files.readString(workspace.resolve(TinyCheckout.PAIR)), containsString("return 7;"));

        lab.in(workspace, "unlock", "1", "--all");
        assertThat(
                Files.readString(workspace.resolve(TinyCheckout.PAIR)),
                is(Files.readString(home.resolve(TinyCheckout.PAIR))
                        .replace("import storagelab.course.Solution;\n", "")
                        .replace("    @Solution\n", "")));
        assertThat(lab.in(workspace).out(), containsString("All done."));
    }

    @Test
    void aReferenceThatDoesNotFitChangesNothing() throws IOException {
        write("int one() {", "int uno() {");
        String before = Files.readString(workspace.resolve(TinyCheckout.PAIR));

        Said said = lab.in(workspace, "unlock", "1.1");

        assertThat(said.exit(), is(2));
        assertThat(said.err(), containsString("Pair.java has no one() any more"));
        assertThat(Files.readString(workspace.resolve(TinyCheckout.PAIR)), is(before));
        assertThat(lab.in(workspace).out(), not(containsString("◇")));
    }

    @Test
    void aHandoutHasNoReferenceAndSaysSo() {
        LabCalls handout = new LabCalls(null);

        for (String command : new String[] {"solution", "unlock"}) {
            Said said = handout.in(workspace, command, "1.1");
            assertThat(said.exit(), is(2));
            assertThat(said.err(), containsString("needs the reference, and this is a handout without it."));
        }
    }

    @Test
    void aCommandForAWorkspaceSaysHowToGetOne() {
        Said said = lab.in(home, "unlock", "1.1");

        assertThat(said.exit(), is(2));
        assertThat(said.err(), containsString("Make one with ./lab start"));
    }

    @Test
    void anUnknownExerciseIsAUsageErrorThatNamesTheKnownOnes() {
        for (String command : new String[] {"hint", "solution", "unlock"}) {
            Said said = lab.in(workspace, command, "1.99");
            assertThat(said.exit(), is(64));
            assertThat(said.err(), is("There is no exercise 1.99. Lab 1 has 1.1 to 1.3.\nSee ./lab status.\n"));
        }
    }

    @Test
    void wrongCallsAreUsageErrors() {
        assertThat(lab.in(workspace, "frobnicate").exit(), is(64));
        assertThat(lab.in(workspace, "frobnicate").err(), startsWith("There is no command 'frobnicate'."));
        assertThat(lab.in(workspace, "status", "--what").exit(), is(64));
        assertThat(lab.in(workspace, "status", "--what").err(), containsString("See ./lab status --help."));
        assertThat(lab.in(workspace, "hint").exit(), is(64));
    }

    @Test
    void everyCommandExplainsItself() {
        Said said = lab.in(workspace, "--help");
        assertThat(said.exit(), is(0));
        for (String command : new String[] {"status", "start", "hint", "solution", "unlock"}) {
            assertThat(said.out(), containsString("\n  " + command));
            assertThat(lab.in(workspace, command, "--help").out(), startsWith("Usage: lab " + command));
        }
    }

    @Test
    void theHelpDescribesCommandsThatAreNotBuiltYet() {
        assertThat(lab.in(workspace, "--help").out(), matchesPattern("(?s).*\n  grade +Grade submissions.*"));
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        assertThat(lab.in(workspace, "hint", "1.99").err(), not(containsString("\tat ")));
        assertThat(lab.in(workspace, "hint", "1.99", "--debug").err(), containsString("\tat "));
    }

    private void pass() throws IOException {
        write("throw new ExerciseNotDone(\"1.1\");", "return 7;");
        Workspace at = Workspace.at(workspace).orElseThrow();
        String hash = SourceHash.of(workspace, at.course().exercise("1.1"));
        at.save(at.progress().with("1.1", new Progress.Verdict(4, 4, hash, "2026-01-01T00:00:00Z")));
    }

    private void write(String from, String to) throws IOException {
        Path file = workspace.resolve(TinyCheckout.PAIR);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private Path kept() throws IOException {
        try (var folders = Files.list(workspace.resolve(".lab/kept"))) {
            return folders.findFirst().orElseThrow();
        }
    }
}
