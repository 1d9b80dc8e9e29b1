package storagelab.grader.collect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.collect.Packing.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from an archive, and where it is put. */
class UnpackingTest {
    private static final byte[] SOURCE = text("package storagelab.search;\nclass BinarySearch {}\n");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private Unpacked unpack() throws IOException {
        return unpack("work.zip", Packing.zip(files));
    }

    private static Unpacked unpack(String name, byte[] archive) throws IOException {
        try (Bundle bundle = Bundle.of(Archives.open(name, archive))) {
            return new Unpacking(SmallCourse.COURSE).unpack(bundle);
        }
    }

    @Test
    void onlySourcesOfLabsAndRecordsAreTaken() throws IOException {
        files.put(SmallCourse.SEARCH, SOURCE);
        files.put("lab-01-binary-search/pom.xml", text("<project/>"));
        files.put("lab-01-binary-search/src/test/java/T.java", SOURCE);
        files.put("lab-01-binary-search/src/main/java/storagelab/search/notes.txt", text("long"));
        files.put(".lab/unlocked.json", text("{}"));
        files.put(".lab/starter/" + SmallCourse.SEARCH, SOURCE);
        files.put(".lab/home", text("/somewhere"));
        files.put("META-INF/services/x", text("y"));
        try (Unpacked unpacked = unpack()) {
            assertThat(
                    Packing.paths(unpacked),
                    contains(
                            ".lab/starter/" + SmallCourse.SEARCH,
                            ".lab/unlocked.json",
                            SmallCourse.SEARCH,
                            "lab-01-binary-search/src/main/java/storagelab/search/notes.txt"));
            Path note = unpacked.root().resolve("lab-01-binary-search/src/main/java/storagelab/search/notes.txt");
            assertThat("only its name is of interest", Files.size(note), is(0L));
            assertThat(unpacked.notes(), is(empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-labs/", "a/b/c/my labs/", "./", "my-labs\\", "my-labs//"})
    void labsMayBeFurtherDown(String prefix) throws IOException {
        files.put(prefix + SmallCourse.SEARCH.replace("/", prefix.contains("\\") ? "\\" : "/"), SOURCE);
        files.put("__MACOSX/" + SmallCourse.SEARCH, text("of another system"));
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.SEARCH));
            assertThat(Files.readAllBytes(unpacked.root().resolve(SmallCourse.SEARCH)), is(SOURCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../", "/", "C:\\", "a/../../", "x\0y/"})
    void namesThatLeaveTheArchiveAreLeftOut(String prefix) throws IOException {
        files.put(prefix + SmallCourse.LOG, SOURCE);
        files.put(SmallCourse.SEARCH, SOURCE);
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.SEARCH));
            assertThat(unpacked.notes(), hasItem(containsString("leaves the archive")));
        }
    }

    @Test
    void whatIsThereTwiceIsSaid() throws IOException {
        files.put("a/" + SmallCourse.SEARCH, SOURCE);
        files.put("b/" + SmallCourse.SEARCH, text("older"));
        try (Unpacked unpacked = unpack()) {
            assertThat(Files.readAllBytes(unpacked.root().resolve(SmallCourse.SEARCH)), is(SOURCE));
            assertThat(unpacked.notes(), hasItem("the labs are there more than once; graded was a/, and not b/"));
        }
    }

    @Test
    void looseSourcesArePutToWhereTheirPackageBelongs() throws IOException {
        files.put("BinarySearch.java", SOURCE);
        files.put("Bounds.java", text("// mine\n  package storagelab.bounds ;\nclass Bounds {}"));
        files.put("Other.java", text("package elsewhere; class Other {}"));
        files.put("Nameless.java", text("class Nameless {}"));
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.SEARCH, SmallCourse.BOUNDS));
            assertThat(unpacked.notes(), hasItem(containsString("BinarySearch.java, Bounds.java")));
        }
    }

    @Test
    void archiveInAnArchiveIsOpenedOnce() throws IOException {
        byte[] inner = Packing.zip(Map.of("labs/" + SmallCourse.SEARCH, SOURCE));
        files.put("work/inner.zip", inner);
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.SEARCH));
        }
        byte[] twice = Packing.zip(Map.of("inner.zip", Packing.zip(Map.of("inner.zip", inner))));
        try (Unpacked unpacked = unpack("work.zip", twice)) {
            assertThat(Packing.paths(unpacked), is(empty()));
        }
    }

    @Test
    void bombsCostNothing() throws IOException {
        files.put(SmallCourse.SEARCH, SOURCE);
        files.put(SmallCourse.LOG, new byte[300 << 20]);
        files.put("lab-01-binary-search/bomb.bin", new byte[300 << 20]);
        try (Unpacked unpacked = unpack()) {
            assertThat(Files.size(unpacked.root().resolve(SmallCourse.LOG)), is(1L << 20));
        }
    }

    @Test
    void manyEntriesAreCutOff() throws IOException {
        files.put(SmallCourse.SEARCH, SOURCE);
        for (int i = 0; i < 30_000; i++) {
            files.put("lab-02-bounds/src/main/java/storagelab/bounds/A" + i + ".java", new byte[0]);
        }
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked).size(), lessThan(20_001));
            assertThat(Packing.paths(unpacked), hasItem(SmallCourse.SEARCH));
            assertThat(unpacked.notes(), hasItem(containsString("the rest was left out")));
        }
    }

    @Test
    void fileAndDirectoryOfTheSameNameAreNoFault() throws IOException {
        files.put(SmallCourse.SEARCH, SOURCE);
        files.put(SmallCourse.SEARCH + "/Inner.java", SOURCE);
        try (Unpacked unpacked = unpack()) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.SEARCH));
            assertThat(unpacked.notes(), hasItem(containsString("have the same name")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"work.rar", "work.7z", "work.tar.xz"})
    void unknownKindsAreNamed(String name) {
        IOException refusal = assertThrows(IOException.class, () -> unpack(name, SOURCE));
        assertThat(
                refusal.getMessage(),
                is(name + " is of a kind that is not read here: ask for a .zip, .tar or .tar.gz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"work.zip", "work.tar.gz"})
    void truncatedArchivesAreNamed(String name) throws IOException {
        byte[] whole = name.endsWith("zip") ? Packing.zip(Map.of("a", SOURCE)) : Packing.tarGz(Map.of("a", SOURCE));
        IOException refusal =
                assertThrows(IOException.class, () -> unpack(name, java.util.Arrays.copyOf(whole, whole.length / 2)));
        assertThat(refusal.getMessage(), containsString("is damaged, or is not the archive that its name says"));
    }

    @Test
    void hashTellsContentsApart() throws IOException {
        files.put(SmallCourse.SEARCH, SOURCE);
        String first;
        String moved;
        try (Unpacked unpacked = unpack()) {
            first = unpacked.hash();
        }
        byte[] content = files.remove(SmallCourse.SEARCH);
        files.put("deeper/" + SmallCourse.SEARCH, content);
        try (Unpacked unpacked = unpack()) {
            moved = unpacked.hash();
        }
        files.put("deeper/" + SmallCourse.SEARCH, text("other"));
        try (Unpacked unpacked = unpack()) {
            assertThat(unpacked.hash(), is(not(first)));
        }
        assertThat("the place in the archive does not matter", moved, is(first));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksOfADirectoryAreNotFollowed(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("Secret.java"), "class Secret {}");
        Path root = directory.resolve("work");
        Packing.write(root.resolve(SmallCourse.LOG), SOURCE);
        Path link = root.resolve(SmallCourse.SEARCH);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, secret);
        Files.createSymbolicLink(root.resolve("lab-02-bounds"), directory);
        try (Bundle bundle = Bundle.of(new DirectoryTree(root));
                Unpacked unpacked = new Unpacking(SmallCourse.COURSE).unpack(bundle)) {
            assertThat(Packing.paths(unpacked), contains(SmallCourse.LOG));
            assertThat(Files.isSymbolicLink(unpacked.root().resolve(SmallCourse.SEARCH)), is(true));
        }
    }
}
