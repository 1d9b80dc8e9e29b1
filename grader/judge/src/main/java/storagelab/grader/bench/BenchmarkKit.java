package storagelab.grader.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.grader.bench.worker.BenchmarkWorker;
import storagelab.grader.compile.Libraries;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.Stage;

/**
 * What measuring JVMs load, copied to where they can read it: the worker, its benchmarks and libraries, and nothing else
 * of the grader; and a copy of the reference, which is on the class path of the reference's own JVMs only.
 */
final class BenchmarkKit implements Closeable {
    /** Where JMH lists the benchmarks that it has generated. */
    private static final String LISTS = "META-INF";

    private static final String WORKER = BenchmarkWorker.class.getPackageName().replace('.', '/');

    /** One class of each library that the worker needs besides those of the labs. */
    private static final List<String> WORKER_LIBRARIES = List.of(
            "org.openjdk.jmh.Main",
            "joptsimple.OptionParser",
            "org.apache.commons.math3.util.FastMath",
            "com.google.gson.Gson");

    private final Stage stage;
    private final List<Path> trusted = new ArrayList<>();
    private List<Path> reference = List.of();

    private BenchmarkKit(Stage stage) {
        this.stage = stage;
    }

    /** Copies what benchmarks of {@code lab} need but the submission, which stays where it is, and the reference. */
    static BenchmarkKit create(Sandbox sandbox, int lab) throws IOException {
        BenchmarkKit kit = new BenchmarkKit(Stage.open(sandbox));
        kit.trusted.add(
                kit.stage.copyPackages("worker", locationOf(BenchmarkWorker.class.getName()), List.of(WORKER, LISTS)));
        Optional<LabCatalog> catalog = BenchmarkCatalog.find(lab);
        if (catalog.isPresent()) {
            Class<?> type = catalog.get().getClass();
            List<String> packages = List.of(type.getPackageName().replace('.', '/'), LISTS);
            kit.trusted.add(kit.stage.copyPackages("benchmarks", locationOf(type.getName()), packages));
        }
        List<Path> libraries = new ArrayList<>(Libraries.ofThisTool().forLabs());
        for (String name : WORKER_LIBRARIES) {
            libraries.add(locationOf(name));
        }
        kit.trusted.addAll(kit.stage.copyLibraries("libraries", libraries));
        return kit;
    }

    private static Path locationOf(String className) throws IOException {
        try {
            Class<?> type = Class.forName(className, false, BenchmarkKit.class.getClassLoader());
            CodeSource source = type.getProtectionDomain().getCodeSource();
            URL location = source == null ? null : source.getLocation();
            if (location == null) {
                throw new IOException("nobody knows where " + className + " was loaded from");
            }
            return Path.of(location.toURI());
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IOException("the tool lacks the library of " + className, missing);
        }
    }

    /** Takes copies of the reference's classes, directories or jars. */
    void addReference(List<Path> classes) throws IOException {
        reference = stage.copyLibraries("reference", classes);
    }

    /** What a JVM that measures {@code classes} of a submission loads; trusted classes first. */
    List<Path> studentClassPath(List<Path> classes) {
        return classPath(classes);
    }

    /** What a JVM that measures the reference loads. */
    List<Path> referenceClassPath() {
        return classPath(reference);
    }

    private List<Path> classPath(List<Path> classes) {
        List<Path> path = new ArrayList<>(trusted);
        path.addAll(classes);
        return path;
    }

    /** What holds the JVMs, and where they may write. */
    Stage stage() {
        return stage;
    }

    @Override
    public void close() throws IOException {
        stage.close();
    }
}
