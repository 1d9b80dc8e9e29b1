package storagelab.grader.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import storagelab.grader.course.Course;
import storagelab.grader.course.Edition;

/**
 * A student's directory: the labs at the top, and what the tool keeps about them in {@code .lab}.
 *
 * <table>
 * <caption>What is in {@code .lab}</caption>
 * <tr><td>{@code course.json}</td><td>labs and exercises; its presence makes a directory a workspace</td></tr>
 * <tr><td>{@code home}</td><td>where the checkout is that has the reference; not in a handout</td></tr>
 * <tr><td>{@code lib/}</td><td>the tool itself; only in a handout</td></tr>
 * <tr><td>{@code versions.json}</td><td>which version of each lab it is ({@link Versions})</td></tr>
 * <tr><td>{@code starter/}</td><td>every source as it was handed out</td></tr>
 * <tr><td>{@code hints/}</td><td>the ladders, one file an exercise</td></tr>
 * <tr><td>{@code progress.json}</td><td>last verdicts and hints read ({@link Progress})</td></tr>
 * <tr><td>{@code unlocked.json}</td><td>what was taken from the reference ({@link Unlocked})</td></tr>
 * <tr><td>{@code kept/}</td><td>what the student had written where the reference was taken</td></tr>
 * </table>
 */
public final class Workspace {
    /** The directory of a workspace that belongs to the tool. */
    public static final String METADATA = ".lab";

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /** The workspace that {@code directory} is, or is somewhere inside of. */
    public static Optional<Workspace> locate(Path directory) {
        for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Optional<Workspace> here = at(at);
            if (here.isPresent()) {
                return here;
            }
        }
        return Optional.empty();
    }

    /** The workspace whose root is {@code directory} itself. */
    public static Optional<Workspace> at(Path directory) {
        return Files.isRegularFile(directory.resolve(METADATA).resolve("course.json"))
                ? Optional.of(new Workspace(directory))
                : Optional.empty();
    }

    /** The directory that holds the labs. */
    public Path root() {
        return root;
    }

    /** The directory that belongs to the tool. */
    public Path metadata() {
        return root.resolve(METADATA);
    }

    /** Whether the reference can be had here. */
    public Edition edition() {
        return Files.exists(metadata().resolve("home")) ? Edition.WITH_REFERENCE : Edition.HANDOUT;
    }

    /** A file of the workspace by its path from the root, with slashes, as in the course's lists of files. */
    public Path file(String path) {
        return root.resolve(path);
    }

    /** The same file as it was handed out; sources under {@code src/main} have one. */
    public Path pristine(String path) {
        return metadata().resolve("starter").resolve(path);
    }

    /** The ladder of hints of an exercise. */
    public Path hints(String exercise) {
        return metadata().resolve("hints").resolve(exercise + ".md");
    }

    /** What there is to do. */
    public Course course() {
        return Course.read(metadata().resolve("course.json"));
    }

    /** The checkout that this workspace was made from; empty in a handout, or where it is no longer there. */
    public Optional<Path> home() {
        Path file = metadata().resolve("home");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Path home = root.resolve(Files.readString(file).strip());
            return Files.exists(home.resolve("grader/pom.xml")) ? Optional.of(home) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last verdicts, and the hints read. */
    public Progress progress() {
        return Progress.read(metadata().resolve("progress.json"));
    }

    /** Keeps {@code progress}. */
    public void save(Progress progress) {
        progress.write(metadata().resolve("progress.json"));
    }

    /** What was taken from the reference. */
    public Unlocked unlocked() {
        return Unlocked.read(metadata().resolve("unlocked.json"));
    }

    /** The versions of the labs that it was made from, or brought up to. */
    public Versions versions() {
        return Versions.read(metadata().resolve("versions.json"));
    }

    /** Keeps {@code unlocked}. */
    public void save(Unlocked unlocked) {
        unlocked.write(metadata().resolve("unlocked.json"));
    }
}
