package storagelab.grader.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.SpliceException;
import storagelab.grader.splice.SyntaxException;
import storagelab.grader.splice.Transplant;
import storagelab.grader.workspace.Unlocked;
import storagelab.grader.workspace.Workspace;

/**
 * Takes exercises of the reference into a workspace. What the student had written is kept under
 * {@code .lab/kept/<time>}, and the exercises are recorded as unlocked.
 */
public final class Unlocker {
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

    private final Workspace workspace;
    private final Reference reference;
    private final InstantSource clock;

    /** Takes from {@code reference} into {@code workspace}. */
    public Unlocker(Workspace workspace, Reference reference, InstantSource clock) {
        this.workspace = workspace;
        this.reference = reference;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param written files that now hold the reference's code
     * @param kept where the student's own text of them is, if there was any
     */
    public record Taken(List<String> written, Optional<Path> kept) {}

    /** Takes {@code exercises}. Either all of them are taken or, with an exception, nothing is changed. */
    public Taken take(List<ExerciseSpec> exercises) {
        Instant now = clock.instant();
        SortedMap<String, String> texts = texts(exercises);
        Path folder = newFolder(FOLDER.format(now));
        boolean kept = false;
        List<String> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                Path file = workspace.file(entry.getKey());
                if (Files.exists(file) && Files.readString(file).equals(entry.getValue())) {
                    continue;
                }
                if (isOwnWork(entry.getKey())) {
                    Path copy = folder.resolve(entry.getKey());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                    kept = true;
                }
                Files.createDirectories(file.getParent());
                Files.writeString(file, entry.getValue());
                written.add(entry.getKey());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Unlocked unlocked = workspace.unlocked();
        for (ExerciseSpec exercise : exercises) {
            unlocked = unlocked.with(exercise.id(), now.toString());
        }
        workspace.save(unlocked);
        return new Taken(List.copyOf(written), kept ? Optional.of(folder) : Optional.empty());
    }

    /** The new text of every file of {@code exercises}, and of the files that only the reference has. */
    private SortedMap<String, String> texts(List<ExerciseSpec> exercises) {
        Set<String> ids = exercises.stream().map(ExerciseSpec::id).collect(Collectors.toCollection(LinkedHashSet::new));
        SortedMap<String, String> texts = new TreeMap<>();
        for (ExerciseSpec exercise : exercises) {
            for (String path : exercise.files()) {
                texts.computeIfAbsent(path, absent -> textFor(absent, ids));
            }
        }
        texts.putAll(reference.helpersOf(texts));
        return texts;
    }

    private String textFor(String path, Set<String> ids) {
        SourceFile marked = reference.marked(path);
        Set<String> others = Transplant.idsIn(marked);
        others.removeAll(ids);
        Path own = workspace.file(path);
        if (others.isEmpty() || !Files.exists(own)) {
            return reference.text(path);
        }
        try {
            String text = Files.readString(own);
            for (String id : Transplant.idsIn(marked)) {
                if (ids.contains(id)) {
                    text = Transplant.take(id, marked, SourceFile.parse(path, text));
                }
            }
            return text;
        } catch (SpliceException | SyntaxException doesNotFit) {
            throw new LabException(
                    "The reference does not fit into your " + path + ": " + doesNotFit.getMessage() + ".",
                    "Mend that, or copy the starter's text from " + Workspace.METADATA + "/starter/" + path + ".");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path newFolder(String time) {
        Path kept = workspace.metadata().resolve("kept");
        Path folder = kept.resolve(time);
        for (int again = 2; Files.exists(folder); again++) {
            folder = kept.resolve(time + "-" + again);
        }
        return folder;
    }

    private boolean isOwnWork(String path) throws IOException {
        Path file = workspace.file(path);
        Path pristine = workspace.pristine(path);
        return Files.exists(file) && (!Files.exists(pristine) || Files.mismatch(file, pristine) >= 0);
    }
}
