package storagelab.grader.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import storagelab.experiment.Experiment;
import storagelab.grader.audit.LabPages;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/** What the pages say is so: links lead somewhere, experiments exist, the tables of exercises are those of the code. */
class DocumentationTest {
    private static final Path HOME = home();

    /** The target of a link or a picture that is neither an address nor a place on the same page. */
    private static final Pattern RELATIVE_LINK = Pattern.compile("]\\((?![a-z]+:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    /** An experiment in the way pages write it: {@code `1.probes`} or {@code lab demo 1.probes}. */
    private static final Pattern EXPERIMENT =
            Pattern.compile("(?:`|lab demo )([1-7]\\.[a-z]+(?:-[a-z]+)*)(?=[`\\s.,)])");

    /** A class of tests as pages write it. */
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*Test)`");

    /** The checkout, found upwards from where the tests run. */
    private static Path home() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("grader/pom.xml"))) {
                return at;
            }
        }
        throw new AssertionError("the tests do not run in a checkout");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> walk = Files.walk(HOME)) {
            return walk.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "my-labs", "lab-results", "node_modules", ".git", "golden")
                            .noneMatch(name -> HOME.relativize(file).startsWith(name)
                                    || HOME.relativize(file).toString().contains("/" + name + "/")))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static List<Lab> publishedLabs() {
        return CourseCatalog.scan(HOME).labs().stream().filter(Lab::published).toList();
    }

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (String link : found(RELATIVE_LINK, Files.readString(page))) {
                links++;
                if (!Files.exists(page.resolveSibling(link).normalize())) {
                    broken.add(HOME.relativize(page) + " -> " + link);
                }
            }
        }
        assertThat("links found", links, greaterThan(50));
        assertThat("links that lead nowhere", broken, is(empty()));
    }

    @Test
    void everyPageHasOneHeadingOfTheFirstRank() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
            long titles = text.lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                wrong.add(HOME.relativize(page) + ": " + titles);
            }
        }
        assertThat(wrong, is(empty()));
    }

    @Test
    void everyExperimentThatIsNamedExistsAndEachIsNamedInItsLab() throws IOException {
        Set<String> existing = ServiceLoader.load(Experiment.class).stream()
                .map(provider -> provider.get().id())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            named.addAll(found(EXPERIMENT, Files.readString(page)));
        }
        Set<String> unknown = new TreeSet<>(named);
        unknown.removeAll(existing);
        assertThat("named on a page, and not there", unknown, is(empty()));
        for (Lab lab : publishedLabs()) {
            String readme = Files.readString(HOME.resolve(lab.module()).resolve("README.md"));
            for (String id : existing) {
                if (id.startsWith(lab.number() + ".")) {
                    assertThat(
                            "how often " + lab.module() + "/README.md names " + id,
                            found(EXPERIMENT, readme).stream()
                                    .filter(id::equals)
                                    .count(),
                            greaterThan(0L));
                }
            }
        }
    }

    @Test
    void aLabHasOneTitleEverywhere() throws IOException {
        String front = Files.readString(HOME.resolve("README.md"));
        String book = Files.readString(HOME.resolve("notes/README.md"));
        for (Lab lab : CourseCatalog.scan(HOME).labs()) {
            String pom = Files.readString(HOME.resolve(lab.module()).resolve("pom.xml"));
            assertThat(pom, containsString("<name>Lab " + lab.number() + ": " + lab.title() + "</name>"));
            String inATable = "[" + lab.number() + " · " + lab.title().replaceFirst("^an? ", "") + "](";
            assertThat(front, containsString(inATable));
            assertThat(book, containsString(inATable));
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            named.addAll(found(TEST_CLASS, Files.readString(page)));
        }
        assertThat(named, is(not(empty())));
        try (Stream<Path> walk = Files.walk(HOME)) {
            walk.filter(file ->
                            file.toString().contains("src") && file.toString().endsWith("Test.java"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .forEach(named::remove);
        }
        assertThat("named on a page, and not there", named, is(empty()));
    }

    @Test
    void theReadmeOfAPublishedLabHasTheFixedHeadingsInOrder() throws IOException {
        List<Lab> labs = publishedLabs();
        assertThat(labs, is(not(empty())));
        for (Lab lab : labs) {
            List<String> headings = Files.readString(HOME.resolve(lab.module()).resolve("README.md"))
                    .lines()
                    .filter(line -> line.startsWith("## "))
                    .map(line -> line.substring(3))
                    .map(heading -> LabPages.HEADINGS.stream()
                            .filter(heading::startsWith)
                            .findFirst()
                            .orElse(heading))
                    .toList();
            assertThat(lab.module(), headings, is(LabPages.HEADINGS));
        }
    }

    @Test
    void theTableOfExercisesIsThatOfTheCode() throws IOException {
        Pattern row = Pattern.compile(
                "(?m)^\\| (\\d\\.\\d+) \\|[^|]+\\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\| ?([^|]*?) ?\\|$");
        for (Lab lab : publishedLabs()) {
            String readme = Files.readString(HOME.resolve(lab.module()).resolve("README.md"));
            List<String> written =
                    row.matcher(readme).results().map(DocumentationTest::cells).toList();
            List<String> coded =
                    lab.exercises().stream().map(DocumentationTest::cells).toList();
            assertThat(lab.module(), written, is(coded));
        }
    }

    private static String cells(MatchResult row) {
        return String.join(" | ", row.group(1), row.group(2), row.group(3), row.group(4), row.group(5));
    }

    private static String cells(ExerciseSpec exercise) {
        String hours = exercise.hours() == Math.rint(exercise.hours())
                ? Long.toString(Math.round(exercise.hours()))
                : Double.toString(exercise.hours());
        return String.join(
                " | ",
                exercise.id(),
                Integer.toString(exercise.points()),
                exercise.difficulty().toString().toLowerCase(Locale.ROOT),
                hours,
                String.join(", ", exercise.needs()));
    }
}
