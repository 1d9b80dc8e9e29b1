package storagelab.grader.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.compile.SourceCompiler;

/** The examples for those who use an engine compile as they are printed, and do what their comments say. */
class EngineExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

    private static final String CLASS = """
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import storagelab.api.*;
            import storagelab.btree.*;
            import storagelab.kv.*;
            import storagelab.lsm.*;
            import storagelab.memtable.*;
            import storagelab.query.Database;
            import storagelab.query.sql.*;
            import storagelab.recovery.*;
            import storagelab.sortedlog.*;

            public final class %s {
                public static void run(Path directory) {
            %s
                }
            }
            """;

    @TempDir
    Path scratch;

    @Test
    @DisplayName("the examples of the page for engine users compile and run, one after the other in one directory")
    void engineUsers() throws Exception {
        assertEquals(
                List.of(
                        "user/2 is Grace",
                        "FR/11/Paris has 2138551",
                        "FR/11/Versailles has 85416",
                        "1 entries",
                        "order/1842: rake",
                        "false",
                        "stock is 9",
                        "[Paris]",
                        "1 rake",
                        "true"),
                outputOf(Path.of("..", "..", "notes", "guide", "engine-user.md")));
    }

    @Test
    @DisplayName("the example of the first page compiles and runs")
    void firstPage() throws Exception {
        assertEquals(List.of(), outputOf(Path.of("..", "..", "README.md")));
    }

    /** What the examples of a page print. */
    private List<String> outputOf(Path page) throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(page))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat("examples in " + page, examples.isEmpty(), is(false));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < examples.size(); i++) {
                run("Example" + i, examples.get(i));
            }
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void run(String name, String example) throws Exception {
        Path classes = compile(name, CLASS.formatted(name, example));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass(name).getMethod("run", Path.class).invoke(null, scratch.resolve("store"));
        } catch (InvocationTargetException e) {
            throw new AssertionError("the example throws:\n" + example, e.getCause());
        }
    }

    private Path compile(String name, String text) throws IOException {
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        Path source = Files.writeString(scratch.resolve(name + ".java"), text);
        assertThat(
                "what does not compile in\n" + text,
                SourceCompiler.withOwnClassPath().compile(List.of(source), classes),
                is(empty()));
        return classes;
    }
}
