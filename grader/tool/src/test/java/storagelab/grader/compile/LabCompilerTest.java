package storagelab.grader.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.compile.LabCompiler.Build;
import storagelab.grader.model.CompileError;

/** What is compiled again, what is not, and what one broken file leaves standing. */
class LabCompilerTest {
    private static final String MODULE = "lab-01-binary-search";
    private static final String CONSTANTS =
            "package p; public final class Constants { public static final int SIZE = 1; }";
    private static final String USER =
            "package p; public final class User { int twice() { return Constants.SIZE * 2; } }";
    private static final String TEST = "package p; class UserTest { int four = new User().twice() * 2; }";

    @TempDir
    Path workspace;

    @BeforeEach
    void writeWorkspace() throws IOException {
        for (String root : List.of(MODULE, ".lab/starter/" + MODULE)) {
            write(root + "/src/main/java/p/Constants.java", CONSTANTS);
            write(root + "/src/main/java/p/User.java", USER);
            write(root + "/src/test/java/p/UserTest.java", TEST);
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void writeMain(String name, String text) throws IOException {
        write(MODULE + "/src/main/java/p/" + name, text);
    }

    private Build compile() throws IOException {
        return new LabCompiler(workspace, workspace.resolve(".lab"), Libraries.ofThisTool()).compile(MODULE, List.of());
    }

    private FileTime age(Path classFile) throws IOException {
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(classFile, old);
        return old;
    }

    @Test
    void labIsCompiledAgainWhenTheFaceOfALabBelowChangedAndOnlyThen() throws IOException {
        String upper = "lab-02-bounds";
        String above = "package q; public final class Above { static final int TWICE = p.Constants.SIZE * 2; }";
        String aboveTest = "package q; class AboveTest { Object below = new p.UserTest(); }";
        write(MODULE + "/src/test/java/p/UserTest.java", TEST.replace("class", "public class"));
        write(upper + "/src/main/java/q/Above.java", above);
        write(upper + "/src/test/java/q/AboveTest.java", aboveTest);
        LabCompiler compiler = new LabCompiler(workspace, workspace.resolve(".lab"), Libraries.ofThisTool());
        compiler.compile(MODULE, List.of());
        Build build = compiler.compile(upper, List.of(MODULE));
        assertThat(build.errors(), is(empty()));

        FileTime old = age(build.classes().resolve("q/Above.class"));
        writeMain("User.java", USER.replace("* 2", "+ 2"));
        compiler.compile(MODULE, List.of());
        compiler.compile(upper, List.of(MODULE));
        assertThat(Files.getLastModifiedTime(build.classes().resolve("q/Above.class")), is(old));

        writeMain("Constants.java", CONSTANTS.replace("1", "5"));
        compiler.compile(MODULE, List.of());
        compiler.compile(upper, List.of(MODULE));
        assertThat(Files.getLastModifiedTime(build.classes().resolve("q/Above.class")), is(not(old)));
    }

    @Test
    void unchangedSourcesAreNotCompiledAgain() throws IOException {
        Build build = compile();
        Path user = build.classes().resolve("p/User.class");
        FileTime old = age(user);

        assertThat(compile().errors(), is(empty()));
        assertThat(Files.getLastModifiedTime(user), is(old));
    }

    @Test
    void aFileThatIsGoneIsNamedEveryTimeAndCompiledAsItWasHandedOut() throws IOException {
        compile();
        Files.delete(workspace.resolve(MODULE + "/src/main/java/p/Constants.java"));
        Files.delete(workspace.resolve(MODULE + "/src/test/java/p/UserTest.java"));
        for (int i = 0; i < 2; i++) {
            Build build = compile();

            assertThat(
                    build.errors().stream().map(CompileError::describe).toList(),
                    contains(
                            "Constants.java: is missing; a copy of it is below .lab/starter",
                            "UserTest.java: is missing; a copy of it is below .lab/starter"));
            assertThat(Files.exists(build.classes().resolve("p/Constants.class")), is(true));
            assertThat(Files.exists(build.testClasses().resolve("p/UserTest.class")), is(true));
        }
    }

    @Test
    void changedBodyCompilesOneFile() throws IOException {
        Build build = compile();
        FileTime old = age(build.classes().resolve("p/Constants.class"));
        FileTime oldUser = age(build.classes().resolve("p/User.class"));
        FileTime oldTest = age(build.testClasses().resolve("p/UserTest.class"));
        writeMain("User.java", USER.replace("* 2", "* 3"));

        compile();

        assertThat(Files.getLastModifiedTime(build.classes().resolve("p/Constants.class")), is(old));
        assertThat(Files.getLastModifiedTime(build.classes().resolve("p/User.class")), is(greaterThan(oldUser)));
        assertThat(Files.getLastModifiedTime(build.testClasses().resolve("p/UserTest.class")), is(oldTest));
    }

    @Test
    void changedConstantCompilesItsUsersAndTheirTests() throws IOException {
        Build build = compile();
        FileTime oldUser = age(build.classes().resolve("p/User.class"));
        FileTime oldTest = age(build.testClasses().resolve("p/UserTest.class"));
        writeMain("Constants.java", CONSTANTS.replace("SIZE = 1", "SIZE = 7"));

        compile();

        assertThat(Files.getLastModifiedTime(build.classes().resolve("p/User.class")), is(greaterThan(oldUser)));
        assertThat(
                Files.getLastModifiedTime(build.testClasses().resolve("p/UserTest.class")), is(greaterThan(oldTest)));
    }

    @Test
    void deletedSourceLeavesNoClass() throws IOException {
        writeMain("Spare.java", "package p; class Spare {}");
        Build build = compile();
        assertThat(Files.exists(build.classes().resolve("p/Spare.class")), is(true));
        Files.delete(workspace.resolve(MODULE + "/src/main/java/p/Spare.java"));

        compile();

        assertThat(Files.exists(build.classes().resolve("p/Spare.class")), is(false));
    }

    @Test
    void brokenFileIsJudgedAsHandedOutAndReportedEachTime() throws IOException {
        writeMain("User.java", "package p;\npublic final class User { int twice() { return 2 } }");

        for (int i = 0; i < 2; i++) {
            Build build = compile();
            assertThat(build.broken(), contains(MODULE + "/src/main/java/p/User.java"));
            CompileError error = build.errors().get(0);
            assertThat(error.describe(), is("User.java:2: ';' expected"));
            assertThat(error.sourceLine(), startsWith("public final class User"));
            assertThat(error.column(), is(49L));
            assertThat(Files.exists(build.classes().resolve("p/User.class")), is(true));
            assertThat(Files.exists(build.testClasses().resolve("p/UserTest.class")), is(true));
        }
    }

    @Test
    void repairedFileIsCompiledAndForgiven() throws IOException {
        writeMain("User.java", "package p; public final class User { int twice() { return two; } }");
        assertThat(compile().errors(), is(not(empty())));
        writeMain("User.java", USER);

        Build build = compile();

        assertThat(build.errors(), is(empty()));
        assertThat(build.broken(), is(empty()));
    }

    @Test
    void everyBrokenFileIsNamedAndANewOneIsLeftOut() throws IOException {
        writeMain("User.java", "package p; public final class User { int twice() { return Extra.TWO; } }");
        writeMain("Extra.java", "package p; final class Extra { static final int TWO = ; }");

        Build build = compile();

        assertThat(
                build.broken(),
                containsInAnyOrder(MODULE + "/src/main/java/p/User.java", MODULE + "/src/main/java/p/Extra.java"));
        assertThat(Files.exists(build.classes().resolve("p/User.class")), is(true));
    }

    @Test
    void newerJavaIsNotAdvised() {
        String text =
                "package p; class A { int f(Object o) { return switch (o) { case String s -> 1; default -> 0; }; } }";
        List<String> errors = SourceCompiler.withOwnClassPath().errors(Map.of("p/A.java", text));
        assertThat(errors, hasItem(containsString("(the labs are compiled as Java 17)")));
        assertThat(errors, not(hasItem(containsString("(use "))));
    }
}
