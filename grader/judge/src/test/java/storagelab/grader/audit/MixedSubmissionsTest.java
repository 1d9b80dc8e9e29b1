package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder of submissions with hostile ones among them")
class MixedSubmissionsTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("has no attack that the compiler stops")
    void everyAttackCompiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (String hostile : MixedSubmissions.hostileClasses()) {
            Path file = Files.writeString(directory.resolve("Hostile.java"), hostile);
            StringWriter said = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                boolean compiles = compiler.getTask(
                                said,
                                files,
                                null,
                                List.of("-d", directory.toString(), "-proc:none"),
                                null,
                                files.getJavaFileObjects(file))
                        .call();
                assertThat(hostile + ": " + said, compiles, is(true));
            }
        }
    }
}
