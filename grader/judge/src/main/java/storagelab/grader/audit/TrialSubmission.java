package storagelab.grader.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.LabSources;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Splicer;

/** Writes the directory that a {@link Trial} stands for. */
final class TrialSubmission {
    private final Trial trial;
    private final LabSources sources;
    private final Outside outside;
    private final Path directory;
    private final Path module;

    private TrialSubmission(Trial trial, LabSources sources, Outside outside, Path directory) {
        this.trial = trial;
        this.sources = sources;
        this.outside = outside;
        this.directory = directory;
        this.module = directory.resolve(sources.lab().module());
    }

    /** The lab that the trial hands in. */
    static Lab lab(Trial trial, Course course) {
        return course.lab(ExerciseSpec.labOf(trial.exercises().get(0)));
    }

    /**
     * Writes the submission into an empty directory.
     *
     * @throws storagelab.grader.splice.SpliceException if the trial does not fit the course any more
     * @throws IllegalArgumentException if one of its steps is not known
     */
    static void write(Trial trial, LabSources sources, Outside outside, Path directory)
            throws IOException, InterruptedException {
        new TrialSubmission(trial, sources, outside, directory).write();
    }

    private void write() throws IOException, InterruptedException {
        SortedMap<String, String> texts = base();
        if (trial.type().isPresent()) {
            String path = trial.type().get().replace('.', '/') + ".java";
            String into = texts.getOrDefault(path, "");
            String spliced = Splicer.splice(
                    SourceFile.parse(path, into), SourceFile.parse(trial.name() + ".java", filled(trial.source())));
            texts.put(path, spliced);
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            write(module.resolve(LabSources.MAIN).resolve(text.getKey()), text.getValue());
        }
        for (Trial.Part part : trial.parts()) {
            Path file = place(part.path());
            write(
                    file,
                    part.isEdit() ? ZooEdit.parse(part.text()).applyTo(Files.readString(file)) : filled(part.text()));
        }
        for (String step : trial.all("then")) {
            take(step.split(" +"));
        }
    }

    private SortedMap<String, String> base() {
        SortedMap<String, String> texts = sources.starter();
        String base = trial.get("base");
        if (base.equals("solved")) {
            sources.lab().exercises().stream()
                    .filter(exercise -> trial.exercises().contains(exercise.id()))
                    .flatMap(exercise -> exercise.files().stream())
                    .map(LabSources::sourcePath)
                    .forEach(path -> texts.put(path, sources.reference().getOrDefault(path, "")));
        } else if (base.equals("empty")) {
            texts.clear();
        } else if (!base.isEmpty() && !base.equals("starter")) {
            throw new IllegalArgumentException(trial.name() + ": there is no base '" + base + "'");
        }
        return texts;
    }

    private String filled(String text) {
        return outside.fill(text);
    }

    private Path place(String path) {
        return path.startsWith("/") ? directory.resolve(path.substring(1)) : module.resolve(path);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** What text alone cannot say. */
    private void take(String[] words) throws IOException, InterruptedException {
        Path file = words.length > 1 ? place(words[1]) : module;
        switch (words[0]) {
            case "delete" -> Files.delete(file);
            case "move" -> {
                Path target = place(words[2]);
                Files.createDirectories(target.resolveSibling("."));
                Files.move(file, target);
            }
            case "link" -> {
                Files.createDirectories(file.resolveSibling("."));
                Files.deleteIfExists(file);
                Files.createSymbolicLink(file, Path.of(filled(words[2])));
            }
            case "fifo" -> {
                Files.deleteIfExists(file);
                Process process = new ProcessBuilder("mkfifo", file.toString()).start();
                if (process.waitFor() != 0) {
                    throw new IOException("mkfifo " + file);
                }
            }
            case "mode" -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(words[2]));
            case "copies" -> copies(file, Integer.parseInt(words[2]));
            case "encode" -> Files.write(file, Files.readString(file).getBytes(Charset.forName(words[2])));
            case "mark" -> Files.writeString(file, "\uFEFF" + Files.readString(file));
            case "crlf" -> crlf(file);
            case "pad" ->
                Files.writeString(file, Files.readString(file) + "// " + "x".repeat(Integer.parseInt(words[2])) + "\n");
            case "append" ->
                Files.write(
                        file, concat(Files.readAllBytes(file), HexFormat.of().parseHex(words[2])));
            case "sparse" -> {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(Long.parseLong(words[2]));
                }
            }
            case "nest" -> nest(file, Integer.parseInt(words[2]));
            case "backslashes" -> backslashes();
            default -> throw new IllegalArgumentException(trial.name() + ": there is no step '" + words[0] + "'");
        }
    }

    /** A file whose name has a {@code #}, once for each number; {@code NUMBER} in its text is that number. */
    private static void copies(Path file, int count) throws IOException {
        String text = Files.readString(file);
        String name = file.getFileName().toString();
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(i);
            Files.writeString(file.resolveSibling(name.replace("#", number)), text.replace("NUMBER", number));
        }
        Files.delete(file);
    }

    private static void crlf(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            for (Path each : LabTree.filesBelow(file, ".java")) {
                crlf(each);
            }
            return;
        }
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        return (new String(head, StandardCharsets.ISO_8859_1) + new String(tail, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void nest(Path top, int depth) throws IOException {
        Path at = top;
        for (int i = 0; i < depth; i++) {
            at = at.resolve("d");
        }
        Files.createDirectories(at);
        Files.writeString(at.resolve("Deep.java"), "class Deep {}\n");
    }

    /** What some programs make of an archive from Windows: one directory, and whole paths as names. */
    private void backslashes() throws IOException {
        for (Path file : LabTree.filesBelow(module, "")) {
            Files.move(
                    file,
                    directory.resolve(directory.relativize(file).toString().replace('/', '\\')));
        }
        delete(module);
    }

    /**
     * Deletes a submission, whatever is in it: directories of mode 000 are opened, links are not followed, and pipes are not opened, as some
     * libraries do before they delete a file.
     */
    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
