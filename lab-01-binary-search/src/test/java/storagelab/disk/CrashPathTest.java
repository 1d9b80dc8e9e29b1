package storagelab.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The algebra of paths and patterns is that of the Unix file systems of the JDK. */
@DisabledOnOs(OS.WINDOWS)
class CrashPathTest {
    private static final List<String> PATHS = List.of(
            "",
            "/",
            "a",
            "a/",
            "/a",
            "a/b",
            "/a/b",
            "//a//b/",
            "a/b/c",
            "b",
            ".",
            "..",
            "../a",
            "a/..",
            "a/./b",
            "/a/../b",
            "/..",
            "a/../../b",
            "/a/b/../..",
            "ab.log",
            "a/b.log",
            "x.txt");

    private final FileSystem simulated = CrashDisk.create().root().getFileSystem();
    private final FileSystem real = FileSystems.getDefault();

    /** What a function of a path gives, or the kind of its exception. */
    private static <T> String outcome(T argument, Function<T, @org.jspecify.annotations.Nullable Object> function) {
        try {
            return String.valueOf(function.apply(argument));
        } catch (RuntimeException e) {
            return e.getClass().getName();
        }
    }

    private static List<String> facts(Path path) {
        List<String> facts = new ArrayList<>();
        facts.add(path.toString());
        facts.add(outcome(path, Path::getParent));
        facts.add(outcome(path, Path::getFileName));
        facts.add(outcome(path, Path::getRoot));
        facts.add(outcome(path, Path::normalize));
        facts.add(path.isAbsolute() + " " + path.getNameCount());
        facts.add(outcome(path, p -> p.getName(1)));
        facts.add(outcome(path, p -> p.subpath(0, 2)));
        facts.add(outcome(path, p -> p.subpath(1, 1)));
        List<String> names = new ArrayList<>();
        path.forEach(name -> names.add(name.toString()));
        facts.add(names.toString());
        return facts;
    }

    private static List<String> facts(Path path, Path other) {
        return List.of(
                outcome(other, path::resolve),
                outcome(other, path::resolveSibling),
                outcome(other, path::relativize),
                outcome(other, path::startsWith),
                outcome(other, path::endsWith),
                outcome(other, path::equals),
                outcome(other, o -> Integer.signum(path.compareTo(o))),
                String.valueOf(!path.equals(other) || path.hashCode() == other.hashCode()));
    }

    @Test
    void onePathHasTheSamePartsAsARealOne() {
        for (String text : PATHS) {
            assertEquals(facts(real.getPath(text)), facts(simulated.getPath(text)), "of \"" + text + "\"");
        }
    }

    @Test
    void twoPathsCombineAsRealOnesDo() {
        for (String text : PATHS) {
            for (String other : PATHS) {
                assertEquals(
                        facts(real.getPath(text), real.getPath(other)),
                        facts(simulated.getPath(text), simulated.getPath(other)),
                        "of \"" + text + "\" and \"" + other + "\"");
            }
        }
    }

    @Test
    void severalPartsAreJoinedAsRealOnesAre() {
        assertEquals(
                real.getPath("", "a", "", "b/c").toString(),
                simulated.getPath("", "a", "", "b/c").toString());
        assertEquals(
                real.getPath("/", "a").toString(), simulated.getPath("/", "a").toString());
    }

    @Test
    void patternsMatchWhatTheyMatchOnARealFileSystem() {
        List<String> patterns = List.of(
                "glob:*",
                "glob:**",
                "glob:*.log",
                "glob:{a,*.txt}",
                "glob:[a-b]",
                "glob:[!a]",
                "glob:a?",
                "glob:a/*",
                "glob:**.log",
                "glob:\\*",
                "glob:a[",
                "glob:{a",
                "glob:{a,{b}}",
                "glob:x\\",
                "glob:a.b",
                "glob:[*]",
                "glob:[^a]",
                "regex:a.*",
                "REGEX:.*b",
                "other:a",
                "none");
        for (String pattern : patterns) {
            for (String path : PATHS) {
                assertEquals(
                        outcome(pattern, p -> real.getPathMatcher(p).matches(real.getPath(path))),
                        outcome(pattern, p -> simulated.getPathMatcher(p).matches(simulated.getPath(path))),
                        pattern + " on \"" + path + "\"");
            }
        }
    }

    @Test
    void aNulCharacterIsRefused() {
        assertThrows(InvalidPathException.class, () -> simulated.getPath("a\0b"));
    }
}
