package storagelab.grader.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.Edition;
import storagelab.grader.workspace.Workspace;

/**
 * Where a command runs and where it prints. Commands take everything from here, so that a test can run them in a
 * directory of its own and read what they said.
 *
 * @param directory the current directory
 * @param home the checkout that has the reference; null for the tool of a handout
 * @param calledFrom where the script {@code lab} is that was called; null if there is none
 * @param in where answers to questions come from
 * @param out where results go
 * @param err where errors and progress go
 * @param colour whether {@code out} is a terminal that wants colours
 * @param interactive whether there is somebody to ask
 */
public record LabContext(
        Path directory,
        @Nullable Path home,
        @Nullable Path calledFrom,
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        boolean colour,
        boolean interactive) {

    /** The workspace that the command was called in or, from outside, whose script was called. */
    public Optional<Workspace> workspace() {
        return Workspace.locate(directory)
                .or(() -> Optional.ofNullable(calledFrom).flatMap(Workspace::at));
    }

    /** The workspace that the command was called in, which it cannot do without. */
    public Workspace requireWorkspace() {
        return workspace()
                .orElseThrow(() -> new LabException(
                        "This command works on a workspace, and " + directory + " is not in one.",
                        "Make one with ./lab start, change into it and call ./lab there."));
    }

    /** The checkout that has the reference, if there is one. */
    public Optional<Path> checkout() {
        return home != null && Files.exists(home.resolve("grader/pom.xml")) ? Optional.of(home) : Optional.empty();
    }

    /** Whether the reference can be had. */
    public Edition edition() {
        return checkout().isPresent() ? Edition.WITH_REFERENCE : Edition.HANDOUT;
    }

    /** What comes after the last exercise: a sentence with a space before it, or nothing. */
    String nextAfterAll() {
        return edition() == Edition.HANDOUT ? "" : " Next: ./lab grade . shows what the hidden tests say.";
    }

    /** The checkout, which a command that does {@code what} cannot do without. */
    public Path requireCheckout(String what) {
        return checkout()
                .orElseThrow(
                        () -> new LabException(
                                what + " needs the reference, and this is a handout without it.",
                                "Ask whoever gave it to you, or use a workspace made by ./lab start in a Storage Lab checkout."));
    }

    /** What there is to do: of the workspace if the command was called in one, else of the checkout. */
    public Course course() {
        return workspace().map(Workspace::course).orElseGet(() -> CourseCatalog.scan(requireCheckout("This")));
    }

    /** The directory with the labs: the workspace's if the command was called in one, else the checkout's. */
    public Path labs() {
        return workspace().map(Workspace::root).orElseGet(() -> requireCheckout("This"));
    }

    /** {@code text} in the style of picocli's markup, such as {@code "bold,green"}, where colours are wanted. */
    public String styled(String style, String text) {
        return colour ? Ansi.ON.string("@|" + style + " " + text.replace("|@", "| @") + "|@") : text;
    }

    /** {@code dir} as the student would type it: relative to the current directory if it is inside. */
    public String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path here = directory.toAbsolutePath().normalize();
        return absolute.startsWith(here) && !absolute.equals(here)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }
}
