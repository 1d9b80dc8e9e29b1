package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.compile.SourceCompiler;

@DisplayName("The public face of classes")
class PublicFaceTest {
    private static final String BASE =
            "public class A { public static final int X = 1; public int f(String s) { return 1; } private A() {} }";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("does not change with bodies, private members and package-private types")
    void ignoresInside() throws IOException {
        String other = "public class A { public static final int X = 1; private int y;"
                + " public synchronized int f(String s) { return 2; } private A() {} private void g() {} } class B {}";

        assertEquals(face("base", BASE), face("other", other));
    }

    @Test
    @DisplayName("changes with a signature, a constant, a modifier, an exception or a constructor that appears")
    void seesSignatures() throws IOException {
        NavigableMap<String, Set<String>> base = face("base", BASE);
        List<String> changes = List.of(
                BASE.replace("String s", "Object s"),
                BASE.replace("X = 1", "X = 2"),
                BASE.replace("public int f", "public final int f"),
                BASE.replace("f(String s)", "f(String s) throws Exception"),
                BASE.replace("private A() {}", ""));
        for (int i = 0; i < changes.size(); i++) {
            assertNotEquals(base, face("change" + i, changes.get(i)), changes.get(i));
        }
    }

    @Test
    @DisplayName("has nested types that are public and none that are not")
    void seesNestedTypes() throws IOException {
        NavigableMap<String, Set<String>> face =
                face("nested", "public class A { public record R(int x) {} private record S(int y) {} }");

        assertEquals(Set.of("A", "A$R"), face.keySet());
    }

    private NavigableMap<String, Set<String>> face(String name, String source) throws IOException {
        Path file = Files.createDirectories(directory.resolve(name)).resolve("A.java");
        Files.writeString(file, source);
        Path classes = directory.resolve(name + "-classes");
        assertThat(new SourceCompiler(List.of()).compile(List.of(file), classes), empty());
        return PublicFace.of(classes);
    }
}
