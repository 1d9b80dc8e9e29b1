package storagelab.grader.compile;

import java.nio.file.Path;
import java.util.List;

/**
 * One directory of sources and where its classes go.
 *
 * @param sources root of the sources
 * @param pristine root of the same sources as they were handed out
 * @param classes where class files go
 * @param state file that remembers what was compiled
 * @param classPath libraries and other source sets' classes
 */
public record SourceSet(Path sources, Path pristine, Path classes, Path state, List<Path> classPath) {
    public SourceSet {
        classPath = List.copyOf(classPath);
    }
}
