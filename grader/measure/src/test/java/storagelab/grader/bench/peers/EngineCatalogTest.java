package storagelab.grader.bench.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.peers.EngineSpec.Origin;

@DisplayName("The catalog of engines")
final class EngineCatalogTest {
    @TempDir
    private Path directory = Path.of("");

    private static EngineSpec engine(int lab, String name) {
        return EngineCatalog.all(lab).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("has every name once, and every class of the labs that it names")
    void names() throws ClassNotFoundException {
        for (int lab = 3; lab <= 6; lab++) {
            List<EngineSpec> all = EngineCatalog.all(lab);
            Set<String> names = new HashSet<>();
            for (EngineSpec engine : all) {
                assertThat(engine.name() + " once", names.add(engine.name()), is(true));
                if (engine.origin() != Origin.PEER) {
                    assertThat(Class.forName(engine.type()).getName(), is(engine.type()));
                }
            }
            for (EngineSpec engine : EngineCatalog.standard(lab)) {
                assertThat(names, hasItem(engine.name()));
            }
        }
    }

    @Test
    @DisplayName("puts the tree of lab 5 beside others of its kind, and compressed ones only by their size")
    void standard() {
        List<EngineSpec> engines = EngineCatalog.standard(5);

        assertThat(
                engines.stream()
                        .filter(engine -> engine.does(EngineWorkload.READ_RANDOM))
                        .map(EngineSpec::name)
                        .toList(),
                contains("ours", "rocksdb", "leveldbjni", "iq80", "pcmind"));
        assertThat(
                engines.stream()
                        .filter(engine -> !engine.does(EngineWorkload.READ_RANDOM))
                        .filter(engine -> engine.does(EngineWorkload.FILL_RANDOM))
                        .map(EngineSpec::name)
                        .toList(),
                contains("rocksdb-lz4", "ours-snappy"));
        assertThat("who is named does everything", engine(5, "ours-snappy").does(EngineWorkload.OVERLOAD), is(true));
    }

    @Test
    @DisplayName("has a workload for every target of a lab")
    void targets() {
        for (int lab = 3; lab <= 6; lab++) {
            Set<EngineWorkload> done = EngineCatalog.workloads(lab);
            PeerTargets.of(lab).forEach(target -> assertThat(done.containsAll(target.needs()), is(true)));
        }
        assertThat(EngineCatalog.workloads(4), not(hasItem(EngineWorkload.OVERLOAD)));
        assertThat(EngineCatalog.hasEngine(2), is(false));
        assertThat(EngineCatalog.hasEngine(8), is(false));
    }

    @Test
    @DisplayName("lets LevelDB and its ports see only their own classes, which have the same names")
    void classPaths() throws Exception {
        Path libraries = Files.createDirectories(directory.resolve("grader/measure/peers/target/lib"));
        for (String jar : List.of(
                "io.github.pcmind.leveldb-1.2.jar",
                "io.github.pcmind.leveldb-api-1.2.jar",
                "org.iq80.leveldb.leveldb-0.12.jar",
                "org.iq80.leveldb.leveldb-api-0.12.jar",
                "org.fusesource.leveldbjni.leveldbjni-all-1.8.jar",
                "org.rocksdb.rocksdbjni-11.8.1.jar")) {
            Files.createFile(libraries.resolve(jar));
        }

        assertThat(seen("rocksdb"), contains("org.rocksdb.rocksdbjni-11.8.1.jar"));
        assertThat(
                seen("iq80"),
                containsInAnyOrder(
                        "org.rocksdb.rocksdbjni-11.8.1.jar",
                        "org.iq80.leveldb.leveldb-0.12.jar",
                        "org.iq80.leveldb.leveldb-api-0.12.jar"));
        assertThat(
                seen("pcmind"),
                containsInAnyOrder(
                        "org.rocksdb.rocksdbjni-11.8.1.jar",
                        "io.github.pcmind.leveldb-1.2.jar",
                        "io.github.pcmind.leveldb-api-1.2.jar"));
        assertThat(
                seen("leveldbjni"),
                containsInAnyOrder(
                        "org.rocksdb.rocksdbjni-11.8.1.jar", "org.fusesource.leveldbjni.leveldbjni-all-1.8.jar"));
    }

    private List<String> seen(String engine) throws Exception {
        return new PeerLibraries(directory)
                .classPath(engine(5, engine)).stream()
                        .map(path -> path.getFileName().toString())
                        .filter(name -> name.endsWith(".jar"))
                        .toList();
    }
}
