package storagelab.grader.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.compile.SourceCompiler;

/**
 * The engines of others: their libraries, which Maven fetches when they are asked for the first time, and the classes of the
 * module {@code grader/measure/peers}, compiled against this very tool. The build of the tool knows nothing of either.
 */
public final class PeerLibraries {
    private static final int FETCH_MINUTES_MAX = 10;

    /** LevelDB and its ports have classes of the same names: of these groups, an engine sees the one that is its own. */
    private static final Map<String, String> ALONE = Map.of(
            "LevelDbJniEngine", "org.fusesource.leveldbjni.",
            "Iq80Engine", "org.iq80.leveldb.",
            "PcmindEngine", "io.github.pcmind.");

    private static final String NEXT =
            "To see more, run mvn -f grader/measure/peers/pom.xml dependency:copy-dependencies.";

    private final Path module;
    private final Path libraries;
    private final Path classes;

    /**
     * @param checkout the directory with the module {@code grader/measure/peers}
     */
    public PeerLibraries(Path checkout) {
        module = checkout.resolve("grader/measure/peers");
        libraries = module.resolve("target").resolve("lib");
        classes = module.resolve("target").resolve("lab-classes");
    }

    /** Why the engines of others cannot be had: one sentence, and what to do. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String sentence) {
            super(sentence + " " + NEXT);
        }
    }

    /** Whether {@link #fetch} has nothing to do. */
    public boolean isFetched() throws IOException {
        Path stamp = stamp();
        return Files.exists(stamp)
                && Files.getLastModifiedTime(stamp).compareTo(Files.getLastModifiedTime(module.resolve("pom.xml")))
                        >= 0;
    }

    private Path stamp() {
        return libraries.resolve("fetched");
    }

    /** Has Maven fetch the libraries. */
    public void fetch() throws MissingException, IOException, InterruptedException {
        if (Files.isDirectory(libraries)) {
            PathUtils.deleteDirectory(libraries);
        }
        Path log = Files.createDirectories(module.resolve("target")).resolve("fetch.log");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder maven = new ProcessBuilder(
                        windows ? "mvn.cmd" : "mvn",
                        "-B",
                        "-ntp",
                        "-q",
                        "-Dstyle.color=never",
                        "-f",
                        module.resolve("pom.xml").toString(),
                        "dependency:copy-dependencies")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process;
        try {
            process = maven.start();
        } catch (IOException noMaven) {
            throw new MissingException("The libraries of the other engines need Maven, which cannot be started.");
        }
        boolean ended = process.waitFor(FETCH_MINUTES_MAX, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
            throw new MissingException(
                    "The libraries of the other engines did not come in " + FETCH_MINUTES_MAX + " minutes.");
        }
        if (process.exitValue() != 0) {
            throw new MissingException("The libraries of the other engines could not be fetched: " + reason(log) + ".");
        }
        Files.writeString(stamp(), "");
    }

    /** What Maven says is the matter, without its prefixes and links. */
    private static String reason(Path log) throws IOException {
        String line = Files.readString(log, StandardCharsets.UTF_8)
                .lines()
                .filter(text -> text.startsWith("[ERROR]"))
                .findFirst()
                .orElse("Maven did not say why");
        return line.replaceFirst("\\[ERROR] *", "")
                .replaceFirst("( -> \\[Help| @ ).*", "")
                .strip();
    }

    /** Compiles the engines; they call {@code tool}, too. */
    public void compile(List<Path> tool) throws MissingException, IOException {
        if (Files.isDirectory(classes)) {
            PathUtils.deleteDirectory(classes);
        }
        List<Path> classPath = Stream.concat(tool.stream(), jars().stream()).toList();
        List<String> errors = new SourceCompiler(classPath).compile(sources(), classes);
        if (!errors.isEmpty()) {
            throw new MissingException("The other engines do not compile: " + errors.get(0) + ".");
        }
    }

    /** What the JVM of {@code engine} has to load besides the tool: the engines, and the libraries of others. */
    public List<Path> classPath(EngineSpec engine) throws IOException {
        String own = ALONE.getOrDefault(engine.type().substring(engine.type().lastIndexOf('.') + 1), "");
        List<Path> path = new ArrayList<>(List.of(classes));
        for (Path jar : jars()) {
            String name = jar.getFileName().toString();
            boolean clashes = ALONE.values().stream().anyMatch(name::startsWith);
            if (!clashes || (!own.isEmpty() && name.startsWith(own))) {
                path.add(jar);
            }
        }
        return path;
    }

    private List<Path> jars() throws IOException {
        // Sorted: the fork of LevelDB's port comes first, and the engines are compiled with its classes.
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("src").resolve("main"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
