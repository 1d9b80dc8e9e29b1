package storagelab.grader.bench;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What is measured of each lab, as the labs' material has registered it. */
public final class BenchmarkCatalog {
    private BenchmarkCatalog() {}

    /** The benchmarks of a lab that bring points, in the order of the report; none for a lab that has none. */
    public static List<BenchmarkSpec> of(int lab) {
        return find(lab).map(LabCatalog::graded).orElse(List.of());
    }

    /** The comparisons of a lab's structures with those of the JDK, in the order of the report. */
    public static List<RivalBenchmark> rivals(int lab) {
        return find(lab).map(LabCatalog::rivals).orElse(List.of());
    }

    /** What is registered for a lab. */
    static Optional<LabCatalog> find(int lab) {
        return ServiceLoader.load(LabCatalog.class, BenchmarkCatalog.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(catalog -> catalog.lab() == lab)
                .findFirst();
    }
}
