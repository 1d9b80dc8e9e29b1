package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a confined JVM can read. */
class GradeKitTest {
    private static Set<String> readableFiles(int lab) throws Exception {
        GradeContext context = SampleLab.context();
        Set<String> files = new TreeSet<>();
        try (GradeKit kit = GradeKit.open(
                context,
                SampleLab.COURSE.lab(lab),
                SampleLab.COURSE.labs().stream()
                        .filter(other -> other.number() < lab)
                        .toList())) {
            for (Path entry : kit.testPath(List.of())) {
                if (Files.isDirectory(entry)) {
                    addFiles(entry, files);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                        addFiles(jar.getPath("/"), files);
                    }
                }
            }
        }
        return files;
    }

    private static void addFiles(Path root, Set<String> files) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
                    .forEach(files::add);
        }
    }

    @Test
    void testsOfTheLabAndTheKitsAreThereAndThoseOfOtherLabsAreNot() throws Exception {
        Set<String> files = readableFiles(2);

        assertThat(files, hasItem("storagelab/bounds/BoundsTest.class"));
        assertThat(files, hasItem("storagelab/grader/hidden/lab02"));
        assertThat(files, hasItem("storagelab/testkit/StoreModel.class"));
        assertThat(files, hasItem("storagelab/grader/hidden/kit"));
        List<String> ofOtherLabs = files.stream()
                .filter(file -> file.matches("storagelab/grader/hidden/lab0[^2].*")
                        || file.matches("storagelab/(search|sortedlog|disk|tree|btree|lsm)/\\w+Test\\.class")
                        || file.contains("/zoo/"))
                .toList();
        assertThat(ofOtherLabs, is(List.of()));
    }

    @Test
    void resourcesOfPublicTestsAreThere() throws Exception {
        String cities = "storagelab/testkit/tree/cities.tsv.gz";

        assertThat(readableFiles(4), hasItem(cities));
        assertThat("a kit is shared with the labs that follow", readableFiles(5), hasItem(cities));
    }
}
