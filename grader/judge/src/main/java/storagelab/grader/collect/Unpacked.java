package storagelab.grader.collect;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A submission in memory: what may be graded of it, at the places where a workspace has it. Nothing changes it while it is graded.
 *
 * @param root the directory that has the labs
 * @param notes what a person should know about how it was packed
 */
public record Unpacked(Path root, List<String> notes) implements Closeable {
    public Unpacked {
        notes = List.copyOf(notes);
    }

    /** A SHA-256 of paths and content of all files, in hexadecimal. */
    public String hash() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.put(
                        root.relativize(file) + (attributes.isSymbolicLink() ? " -> a link" : ""),
                        attributes.isRegularFile() ? Files.readAllBytes(file) : new byte[0]);
                return FileVisitResult.CONTINUE;
            }
        });
        Hasher hasher = Hashing.sha256().newHasher();
        files.forEach((path, content) -> {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            hasher.putInt(name.length).putBytes(name).putInt(content.length).putBytes(content);
        });
        return hasher.hash().toString();
    }

    @Override
    public void close() throws IOException {
        FileSystem memory = root.getFileSystem();
        memory.close();
    }
}
