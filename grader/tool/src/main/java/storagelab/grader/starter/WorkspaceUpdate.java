package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.FilenameUtils;
import storagelab.grader.LabException;
import storagelab.grader.workspace.Workspace;

/**
 * Brings a workspace, or a published handout, up to another edition of the course: what its student has written stays, everything else is
 * replaced. What is replaced or removed is kept in {@code .lab/kept}, since a student may have changed it.
 */
public final class WorkspaceUpdate {
    private static final String SOURCES = "/src/main/java/";
    private static final String STARTER = Workspace.METADATA + "/starter/";
    private static final String LIBRARIES = Workspace.METADATA + "/lib/";
    private static final String HINTS = Workspace.METADATA + "/hints/";

    /** What of a workspace is never the course's. */
    private static final List<String> OF_THE_STUDENT = List.of(
            ".git/",
            Workspace.METADATA + "/progress.json",
            Workspace.METADATA + "/unlocked.json",
            Workspace.METADATA + "/kept/",
            Workspace.METADATA + "/cache/");

    private final Path root;
    private final SortedMap<String, byte[]> fresh;
    private final List<String> mine = new ArrayList<>();
    private final List<String> both = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private int replaced;
    private Optional<Path> kept = Optional.empty();

    private WorkspaceUpdate(Path root, SortedMap<String, byte[]> fresh) {
        this.root = root;
        this.fresh = fresh;
    }

    /**
     * What an update did.
     *
     * @param replaced how many files have another content now, or are new
     * @param mine sources that the student has written, and that stay
     * @param both those of them that the course has changed, too; the new starter is in {@code .lab/starter}
     * @param removed files that the course no longer has
     * @param kept where what was replaced or removed is now; empty if nothing was
     */
    public record Report(
            int replaced, List<String> mine, List<String> both, List<String> removed, Optional<Path> kept) {
        public Report {
            mine = List.copyOf(mine);
            both = List.copyOf(both);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Updates {@code directory} to the edition of the checkout {@code home}: a workspace that works together with a checkout stays
     * one, and a handout stays a handout.
     *
     * @throws LabException if it is neither
     */
    public static Report fromCheckout(Path home, Path directory) {
        Workspace workspace = workspace(directory);
        boolean isHandout = !Files.exists(workspace.metadata().resolve("home"));
        return new WorkspaceUpdate(workspace.root(), WorkspaceWriter.files(home, isHandout)).run();
    }

    /**
     * Updates the workspace {@code directory} to the edition of the handout {@code newer}.
     *
     * @throws LabException if one of them is not a workspace, or both are the same
     */
    public static Report fromHandout(Path newer, Path directory) {
        Workspace from = workspace(newer);
        Workspace to = workspace(directory);
        try {
            if (Files.isSameFile(from.root(), to.root())) {
                throw LabException.usage(
                        "This handout cannot update itself.",
                        "Call ./lab update DIR in the newer handout, where DIR is your workspace.");
            }
            return new WorkspaceUpdate(to.root(), handedOut(from.root())).run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Workspace workspace(Path directory) {
        return Workspace.at(directory)
                .orElseThrow(() -> new LabException(
                        directory + " is not a workspace, and nothing in it was touched.",
                        "Name a directory that ./lab start has written, or that was unpacked from a handout."));
    }

    /** A handout's files as they were handed out, whatever was written into it since. */
    private static SortedMap<String, byte[]> handedOut(Path handout) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(handout)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path =
                        FilenameUtils.separatorsToUnix(handout.relativize(file).toString());
                boolean isBuilt = path.contains("/target/");
                if (OF_THE_STUDENT.stream().noneMatch(path::startsWith) && !isBuilt && !path.contains(SOURCES)) {
                    files.put(path, Files.readAllBytes(file));
                }
                if (path.startsWith(STARTER)) {
                    files.put(path, Files.readAllBytes(file));
                    files.put(path.substring(STARTER.length()), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private Report run() {
        try {
            for (Map.Entry<String, byte[]> file : fresh.entrySet()) {
                if (isSource(file.getKey())) {
                    updateSource(file.getKey(), file.getValue());
                }
            }
            removeWhatIsGone();
            for (Map.Entry<String, byte[]> file : fresh.entrySet()) {
                if (!isSource(file.getKey())) {
                    write(file.getKey(), file.getValue());
                }
            }
            boolean unused = root.resolve("lab").toFile().setExecutable(true, false);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Report(replaced, mine, both, removed, kept);
    }

    private static boolean isSource(String path) {
        return path.contains(SOURCES) && !path.startsWith(Workspace.METADATA + "/");
    }

    private void updateSource(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        if (!isPlain(file) || isAsHandedOut(path) || Arrays.equals(Files.readAllBytes(file), content)) {
            write(path, content);
            return;
        }
        mine.add(path);
        Path pristine = root.resolve(STARTER + path);
        if (!isPlain(pristine) || !Arrays.equals(Files.readAllBytes(pristine), content)) {
            both.add(path);
        }
    }

    /** Whether the source is what the workspace was handed out with, apart from line ends. */
    private boolean isAsHandedOut(String path) throws IOException {
        Path pristine = root.resolve(STARTER + path);
        return isPlain(pristine) && text(root.resolve(path)).equals(text(pristine));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static boolean isPlain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes given sources, hints and libraries that the course no longer has. */
    private void removeWhatIsGone() throws IOException {
        TreeSet<String> old = new TreeSet<>();
        Path metadata = root.resolve(Workspace.METADATA);
        try (Stream<Path> walk = Files.walk(metadata)) {
            walk.filter(WorkspaceUpdate::isPlain)
                    .forEach(file -> old.add(
                            FilenameUtils.separatorsToUnix(root.relativize(file).toString())));
        }
        for (String path : old) {
            boolean isTheTools = path.startsWith(STARTER) || path.startsWith(LIBRARIES) || path.startsWith(HINTS);
            if (!isTheTools || fresh.containsKey(path)) {
                continue;
            }
            String source = path.startsWith(STARTER) ? path.substring(STARTER.length()) : "";
            if (!source.isEmpty() && isPlain(root.resolve(source))) {
                if (isAsHandedOut(source)) {
                    keep(source);
                    removed.add(source);
                    Files.delete(root.resolve(source));
                } else {
                    mine.add(source);
                    both.add(source);
                }
            }
            Files.delete(root.resolve(path));
        }
    }

    /** Writes a file of the course in one step, and keeps what was there. */
    private void write(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        if (isPlain(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        keep(path);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        replaced++;
    }

    private void keep(String path) throws IOException {
        Path file = root.resolve(path);
        if (!isPlain(file) || path.startsWith(Workspace.METADATA + "/")) {
            return;
        }
        if (kept.isEmpty()) {
            Path all = root.resolve(Workspace.METADATA).resolve("kept");
            int number = 1;
            while (Files.exists(all.resolve("update-" + number))) {
                number++;
            }
            kept = Optional.of(all.resolve("update-" + number));
        }
        Path copy = kept.get().resolve(path);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
    }
}
