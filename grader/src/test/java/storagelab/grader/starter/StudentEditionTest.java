package storagelab.grader.starter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tool in a handout lacks some classes of the whole tool; none of those it has may need one that it has not. */
class StudentEditionTest {
    private static final Pattern EXCLUDE = Pattern.compile("<exclude>([^<]+)</exclude>");
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void noClassOfTheStudentsToolNeedsOneThatWasLeftOut() throws IOException {
        List<PathMatcher> excludes = new ArrayList<>();
        List<String> patterns = excludes();
        patterns.forEach(pattern -> excludes.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern)));
        List<String> leftOut = new ArrayList<>();
        List<Path> shipped = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(CLASSES)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".class")).toList()) {
                Path name = CLASSES.relativize(file);
                if (excludes.stream().anyMatch(exclude -> exclude.matches(name))) {
                    leftOut.add(name.toString().replace('\\', '/').replace(".class", ""));
                } else {
                    shipped.add(file);
                }
            }
        }
        List<String> broken = new ArrayList<>();
        for (Path file : shipped) {
            String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String missing : leftOut) {
                if (constants.contains(missing)) {
                    broken.add(CLASSES.relativize(file) + " needs " + missing);
                }
            }
        }

        assertThat(patterns, hasItems("storagelab/grader/hidden/**", "storagelab/grader/audit/**", "zoo/**"));
        assertThat(broken, empty());
    }

    private static List<String> excludes() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String student = pom.substring(pom.indexOf("<classifier>student</classifier>"));
        Matcher matcher = EXCLUDE.matcher(student.substring(0, student.indexOf("</excludes>")));
        List<String> excludes = new ArrayList<>();
        while (matcher.find()) {
            excludes.add(matcher.group(1));
        }
        return excludes;
    }
}
