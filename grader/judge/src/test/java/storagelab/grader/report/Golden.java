package storagelab.grader.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with the files in {@code src/test/resources/golden}; {@code -Dgolden.update=true} rewrites them. */
final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void check(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DIRECTORY);
            Files.write(file, actual.getBytes(UTF_8));
            return;
        }
        assertTrue(Files.exists(file), () -> file + " is missing; write it with -Dgolden.update=true");
        String expected = Files.readString(file);
        assertEquals(expected, actual, () -> name + " has changed; if it should, run with -Dgolden.update=true");
    }
}
