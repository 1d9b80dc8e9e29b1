package storagelab.grader.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FilenameUtils;

/** Reads directories of Java sources. */
public final class JavaSources {
    private JavaSources() {}

    /** The text of every {@code .java} file below {@code root}, by its path from there with forward slashes. */
    public static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> sources = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return sources;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : files) {
            String path = FilenameUtils.separatorsToUnix(root.relativize(file).toString());
            sources.put(path, Files.readString(file));
        }
        return sources;
    }
}
