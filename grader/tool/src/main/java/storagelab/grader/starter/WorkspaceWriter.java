package storagelab.grader.starter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.workspace.Versions;
import storagelab.grader.workspace.Workspace;

/**
 * Writes a workspace, or a handout, from a checkout. Everything is put together in memory first, so that a checkout that
 * cannot be read leaves no half workspace behind.
 *
 * <p>Invariant: no file of the result holds a solution, a hidden test or a class of the labs.
 */
public final class WorkspaceWriter {
    /** What of the notes a student needs beside the labs. */
    private static final List<String> NOTES = List.of("notes/formats", "notes/guarantees", "notes/disk.md");

    private final Path home;
    private final Course course;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private WorkspaceWriter(Path home) {
        this.home = home;
        this.course = CourseCatalog.scan(home);
    }

    /**
     * Writes a workspace that works together with the checkout {@code home}.
     *
     * @param directory absent or empty
     */
    public static Workspace start(Path home, Path directory) {
        return ofWorkspace(home).write(directory);
    }

    private static WorkspaceWriter ofWorkspace(Path home) {
        WorkspaceWriter writer = new WorkspaceWriter(home);
        writer.common();
        writer.put("README.md", template("README.md"));
        writer.put(Workspace.METADATA + "/home", home + "\n");
        writer.mendLinks();
        return writer;
    }

    /**
     * Writes a repository to publish: a workspace with the tool in it and without the way to the reference.
     *
     * @param directory absent, empty, or with nothing but {@code .git} in it
     */
    public static Workspace handout(Path home, Path directory) {
        return ofHandout(home).write(directory);
    }

    private static WorkspaceWriter ofHandout(Path home) {
        WorkspaceWriter writer = new WorkspaceWriter(home);
        writer.common();
        writer.put("README.md", withoutReference(template("README.md")));
        writer.put(".github/workflows/lab.yml", githubWorkflow(writer.publishedNumbers()));
        writer.files.putAll(StudentTool.jars(home));
        for (String legal : List.of("LICENSE", "NOTICE")) {
            if (Files.exists(home.resolve(legal))) {
                writer.files.put(legal, bytes(home.resolve(legal)));
            }
        }
        writer.mendLinks();
        return writer;
    }

    /** The files of a handout, or of a workspace, by their path in it. */
    static SortedMap<String, byte[]> files(Path home, boolean isHandout) {
        return new TreeMap<>((isHandout ? ofHandout(home) : ofWorkspace(home)).files);
    }

    /**
     * The workflow of GitHub that runs the public tests for each push.
     *
     * @param labs numbers, with spaces between them
     */
    public static String githubWorkflow(String labs) {
        return template("workflow.yml").replace("LABS", labs);
    }

    /** The page without the commands that need the reference. */
    private static String withoutReference(String readme) {
        return readme.replaceAll("(?m)^\\| `\\./lab (solution|unlock) .*\\R", "")
                .replace(", or `./lab unlock` it", "");
    }

    /** The numbers of the labs that are published: {@code "1 2"}. */
    private String publishedNumbers() {
        return course.labs().stream()
                .filter(Lab::published)
                .map(lab -> Integer.toString(lab.number()))
                .collect(Collectors.joining(" "));
    }

    private void common() {
        List<Lab> published = course.labs().stream().filter(Lab::published).toList();
        if (published.isEmpty()) {
            throw new LabException("No lab is published yet.", "Take a newer version of Storage Lab.");
        }
        SortedMap<String, String> versions = new TreeMap<>();
        for (Lab lab : published) {
            Starter starter = Starter.of(home, lab.module());
            add(starter);
            versions.put(lab.module(), CourseVersion.of(starter.sources(), tests(starter)));
            for (ExerciseSpec exercise : lab.exercises()) {
                Path hints = home.resolve(lab.module()).resolve("hints/" + exercise.id() + ".md");
                if (Files.exists(hints)) {
                    files.put(Workspace.METADATA + "/hints/" + exercise.id() + ".md", bytes(hints));
                }
            }
        }
        for (String folder : NOTES) {
            tree(home.resolve(folder));
        }
        put(Workspace.METADATA + "/course.json", course.toJson());
        put(Workspace.METADATA + "/versions.json", new Versions(versions).toJson());
        put(
                "pom.xml",
                WorkspacePom.of(
                        text(home.resolve("pom.xml")),
                        published.stream().map(Lab::module).toList()));
        put(".gitignore", template("gitignore"));
        put(".gitattributes", "* text=auto eol=lf\n*.cmd text eol=crlf\n*.jar binary\n");
        files.put("lab", bytes(home.resolve("lab")));
        files.put("lab.cmd", bytes(home.resolve("lab.cmd")));
    }

    private void add(Starter starter) {
        starter.sources().forEach((path, text) -> {
            put(path, text);
            put(Workspace.METADATA + "/starter/" + path, text);
        });
        starter.copied().forEach((path, file) -> files.put(path, bytes(file)));
    }

    private static SortedMap<String, byte[]> tests(Starter starter) {
        SortedMap<String, byte[]> tests = new TreeMap<>();
        starter.copied().forEach((path, file) -> {
            if (path.contains("/src/test/")) {
                tests.put(path, bytes(file));
            }
        });
        return tests;
    }

    private void tree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file -> files.put(home.relativize(file).toString().replace('\\', '/'), bytes(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void mendLinks() {
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            if (entry.getKey().endsWith(".md") && !entry.getKey().startsWith(Workspace.METADATA)) {
                String text = new String(entry.getValue(), StandardCharsets.UTF_8);
                String mended = MarkdownLinks.keepResolving(text, entry.getKey(), this::exists);
                entry.setValue(mended.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private boolean exists(String path) {
        String folder = path.endsWith("/") ? path : path + "/";
        return files.containsKey(path)
                || !files.subMap(folder, folder + '\uffff').isEmpty();
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Workspace write(Path directory) {
        requireEmpty(directory);
        try {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                Path file = directory.resolve(entry.getKey());
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, entry.getValue());
            }
            Path script = directory.resolve("lab");
            if (!script.toFile().setExecutable(true, false)) {
                throw new LabException(
                        script + " could not be made executable.", "Call it as: sh " + script.getFileName());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Workspace.at(directory).orElseThrow();
    }

    private static void requireEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new LabException(directory + " is a file.", "Give the name of a new directory.");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            boolean empty =
                    entries.allMatch(entry -> entry.getFileName().toString().equals(".git"));
            if (!empty && Workspace.at(directory).isPresent()) {
                throw new LabException(
                        directory + " is a workspace already, and nothing in it was touched.",
                        "Change into it and call ./lab, or give another name: ./lab start DIR.");
            }
            if (!empty) {
                throw new LabException(
                        directory + " is not empty, and nothing in it was touched.",
                        "Give the name of a new directory.");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String template(String name) {
        try (InputStream stream = WorkspaceWriter.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no template " + name);
            }
            return IOUtils.toString(stream, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
