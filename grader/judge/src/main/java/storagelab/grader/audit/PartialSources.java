package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/** The reference's main sources of a lab in which some exercises are not done. */
final class PartialSources {
    private PartialSources() {}

    /** The sources of {@code lab} without {@code missing}: those that differ are written below {@code directory}. */
    static List<Path> without(AuditScope scope, Lab lab, Collection<ExerciseSpec> missing, Path directory)
            throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path file : LabTree.filesBelow(scope.tree(lab).mainSources(), ".java")) {
            String path = scope.home().relativize(file).toString().replace('\\', '/');
            List<ExerciseSpec> here = missing.stream()
                    .filter(exercise -> exercise.files().contains(path))
                    .toList();
            if (here.isEmpty()) {
                sources.add(file);
                continue;
            }
            String text = Files.readString(file);
            for (ExerciseSpec exercise : here) {
                text = Stubber.without(SourceFile.parse(path, text), exercise.id());
            }
            Path changed = directory.resolve(path);
            Files.createDirectories(changed.getParent());
            sources.add(Files.writeString(changed, text));
        }
        return sources;
    }
}
