package storagelab.grader.rules;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import storagelab.grader.rules.ClassRule.Violation;

/**
 * Class files, and the sources that they were compiled from.
 *
 * @param classes by binary name
 * @param sources path of the source of each class, by binary name
 */
public record CompiledClasses(Map<String, byte[]> classes, Map<String, String> sources) {
    /**
     * Reads the class files of some packages. The path of a source is put together from the package and from what the class file says.
     *
     * @param root directory of the class files
     * @param packages as directories from the root, {@code "storagelab/search/"}; one that is not there has no classes
     */
    public static CompiledClasses read(Path root, Collection<String> packages) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        Map<String, String> sources = new TreeMap<>();
        for (String directory : packages) {
            if (!Files.isDirectory(root.resolve(directory))) {
                continue;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(directory), "*.class")) {
                for (Path file : files) {
                    byte[] content = Files.readAllBytes(file);
                    ClassReader reader = new ClassReader(content);
                    String name = reader.getClassName().replace('/', '.');
                    classes.put(name, content);
                    sources.put(name, directory + sourceFile(reader));
                }
            }
        }
        return new CompiledClasses(classes, sources);
    }

    /** As {@link ClassRules#violations}. */
    public Map<String, Violation> violations(Predicate<String> isStudentSource) {
        return ClassRules.violations(classes, sources, isStudentSource);
    }

    private static String sourceFile(ClassReader reader) {
        StringBuilder found = new StringBuilder();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitSource(@Nullable String source, @Nullable String debug) {
                        found.append(source == null ? "" : source);
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return found.toString();
    }
}
