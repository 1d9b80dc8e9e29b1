package storagelab.grader;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.google.common.base.Splitter;
import com.google.common.graph.Graph;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rules about which package and which module may use which, checked on the compiled classes of all modules.
 *
 * <p>A package is the whole package: {@code storagelab.lsm}, {@code storagelab.lsm.toy} and
 * {@code storagelab.lsm.experiment} are three. A constant that the compiler copies into the class that reads it leaves no
 * trace there, and is not seen.
 */
@Tag("same-on-every-jdk")
class ArchitectureTest {
    /** Below the production packages of all labs; each may use the others, without a cycle. */
    private static final Set<String> GROUND_FLOOR = Set.of("course", "api", "codec", "file", "disk", "experiment");

    /** The concepts of each lab: the packages directly below {@code storagelab}. */
    private static final Map<String, Integer> LAB_OF_CONCEPT = labOfConcept(Map.of(
            1, "course api codec file disk experiment search sortedlog",
            2, "bounds cursor feed rollout",
            3, "tree skiplist memtable",
            4, "cache page btree",
            5, "bloom log sstable manifest compaction lsm",
            6, "wal recovery mvcc kv query",
            7, "workload cost archive tier writeback twophase hybrid adaptive kin"));

    /**
     * The production types that a toy of the same concept uses, each with the toys that do. A toy shows one thing done
     * naively; these are what it leaves as it is: the records, the hash, the interface, the list that it puts a lock around.
     */
    private static final Map<String, Set<String>> SHARED_WITH_TOYS = Map.of(
            "storagelab.cache.EvictionPolicy", Set.of("FifoPolicy"),
            "storagelab.feed.Post", Set.of("BlobFeed", "GetsFeed", "OffsetFeed", "OnePlaceFeed"),
            "storagelab.feed.PostKeys", Set.of("BlobFeed", "GetsFeed", "OffsetFeed", "OnePlaceFeed"),
            "storagelab.rollout.RingHash", Set.of("ModuloPlacement"),
            "storagelab.skiplist.SkipList", Set.of("LockedSkipList"));

    /** The modules whose main classes each module of the grader may use, besides the labs and itself. */
    private static final Map<String, Set<String>> MODULES_OF_GRADER = Map.of(
            "grader/tool", Set.of(),
            "grader/judge", Set.of("grader/tool"),
            "grader/course", Set.of("grader/tool", "grader/judge"),
            "grader/measure", Set.of("grader/tool", "grader/judge"));

    /** The module in the place that a class was read from, whether that is a folder of classes or a jar. */
    private static final Pattern MODULE =
            Pattern.compile(".*/(lab-0[1-7]-[a-z-]+|grader/(?:tool|judge|measure|course/[a-z0-9-]+))/target/.*");

    private static final JavaClasses ALL = mainClasses();

    private static final JavaClasses LABS =
            ALL.that(DescribedPredicate.describe("are in a lab", type -> lab(type) > 0));

    @Test
    @DisplayName("These rules see the main classes of every module")
    void everyModuleIsSeen() {
        Map<String, Long> classesOfModule = ALL.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(ArchitectureTest::module, TreeMap::new, Collectors.counting()));
        Set<String> missing = new TreeSet<>(Set.of(
                "lab-01-binary-search",
                "lab-02-bounds",
                "lab-03-bst",
                "lab-04-btree",
                "lab-05-lsm",
                "lab-06-wal-mvcc",
                "lab-07-hybrid",
                "grader/tool",
                "grader/judge",
                "grader/measure",
                "grader/course/kit",
                "grader/course/lab-01",
                "grader/course/lab-02",
                "grader/course/lab-03",
                "grader/course/lab-04",
                "grader/course/lab-05",
                "grader/course/lab-06",
                "grader/course/lab-07"));
        missing.removeAll(classesOfModule.keySet());
        assertThat(
                "these modules have no class here, so no rule holds them: run mvn with -am; seen: " + classesOfModule,
                missing,
                is(empty()));
    }

    @Test
    @DisplayName("A concept is in the lab that the course gives it")
    void conceptsAreInTheirLab() {
        classes()
                .should(satisfy("be in a known package of their lab", (type, concept) -> {
                    Integer expected = LAB_OF_CONCEPT.get(concept);
                    if (expected == null) {
                        return "the concept " + concept + " is in no lab of LAB_OF_CONCEPT: add it there, with its lab";
                    }
                    return expected == lab(type)
                            ? ""
                            : "the concept " + concept + " belongs to lab " + expected + ", but this class is in "
                                    + module(type) + ": move it, or give it another package";
                }))
                .check(LABS);
    }

    @Test
    @DisplayName("No package of the labs depends on itself through others")
    void packagesHaveNoCycle() {
        slices().matching("storagelab.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package in a cycle can be neither read nor changed alone;"
                        + " move the type that both use to the lower of the two, or below both")
                .check(LABS);
        // ArchUnit does not list every cycle when there are several: this is counted without it.
        Graph<String> packages = packageGraph();
        Set<String> inCycles = packages.nodes().stream()
                .filter(name -> packages.successors(name).stream()
                        .anyMatch(used -> Graphs.reachableNodes(packages, used).contains(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(
                "these packages depend on themselves through others: move what they share below them",
                inCycles,
                is(empty()));
    }

    @Test
    @DisplayName("The ground floor uses no package above it")
    void groundFloorUsesNothingAbove() {
        classes()
                .that(DescribedPredicate.describe("are on the ground floor", ArchitectureTest::isGroundFloor))
                .should(dependOnlyOn(
                        "classes of the ground floor",
                        (type, target) -> isGroundFloor(target)
                                ? ""
                                : "the ground floor is below every concept: move " + target.getSimpleName()
                                        + " to the ground floor, or " + type.getSimpleName() + " to "
                                        + target.getPackageName()))
                .check(LABS);
    }

    @Test
    @DisplayName("No lab uses a later lab, or the grader")
    void labsUseNothingLater() {
        classes()
                .should(dependOnlyOn("their own lab and earlier ones", (type, target) -> {
                    if (lab(target) == 0) {
                        return "a lab does not know what judges it: move what both need into the lab";
                    }
                    return lab(target) <= lab(type)
                            ? ""
                            : "a student reaches lab " + lab(target) + " after lab " + lab(type)
                                    + ": give the earlier lab an interface that the later one implements";
                }))
                .check(LABS);
    }

    @Test
    @DisplayName("Production uses no toy and no experiment of a concept")
    void productionUsesNoToyAndNoExperiment() {
        noClasses()
                .that(DescribedPredicate.describe("are production", ArchitectureTest::isProduction))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("storagelab.*.toy..").or(resideInAPackage("storagelab.*.experiment..")))
                .because("a toy is there to break, and an experiment to be run:"
                        + " move what production needs into the package of the concept")
                .check(LABS);
    }

    @Test
    @DisplayName("A toy uses the ground floor, its own package, and only the production types listed for it")
    void toysUseNoProduction() {
        classes()
                .that()
                .resideInAPackage("..toy..")
                .should(
                        dependOnlyOn(
                                "the ground floor, their package and types listed for them",
                                (type, target) -> isGroundFloor(target)
                                                || type.getPackageName().equals(target.getPackageName())
                                                || isSharedWith(type, target)
                                        ? ""
                                        : "a toy stands alone, so that it can be read alone and break alone: write into the toy"
                                                + " what it needs; a plain value or interface may be listed in SHARED_WITH_TOYS"))
                .check(LABS);
    }

    @Test
    @DisplayName("Each production type listed for a toy is still used by it")
    void exceptionsForToysAreUsed() {
        Set<String> unused = new TreeSet<>();
        SHARED_WITH_TOYS.forEach((shared, toys) -> toys.forEach(toy -> {
            boolean used = ALL.stream()
                    .filter(type -> outermost(type).getSimpleName().equals(toy) && isToy(type))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .anyMatch(dependency ->
                            outermost(dependency.getTargetClass()).getName().equals(shared));
            if (!used) {
                unused.add(toy + " uses " + shared);
            }
        }));
        assertThat("no longer so: take it out of SHARED_WITH_TOYS", unused, is(empty()));
    }

    @Test
    @DisplayName("The grader's tool, judge, course and measure know only the modules below them")
    void graderModulesKnowOnlyThoseBelow() {
        classes()
                .that(DescribedPredicate.describe("are of the grader", type -> lab(type) == 0))
                .should(dependOnlyOn("modules below their own", ArchitectureTest::wrongModule))
                .check(ALL);
    }

    private static JavaClasses mainClasses() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("storagelab");
    }

    private static Graph<String> packageGraph() {
        MutableGraph<String> packages = GraphBuilder.directed().build();
        for (JavaClass type : LABS) {
            packages.addNode(type.getPackageName());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> LABS.contain(target.getName()))
                    .map(JavaClass::getPackageName)
                    .filter(used -> !used.equals(type.getPackageName()))
                    .forEach(used -> packages.putEdge(type.getPackageName(), used));
        }
        return packages;
    }

    private static String wrongModule(JavaClass type, JavaClass target) {
        String from = part(module(type));
        String to = part(module(target));
        if (from.equals(to) || lab(target) > 0) {
            return "";
        }
        Set<String> allowed = MODULES_OF_GRADER.getOrDefault(from, Set.of());
        return allowed.contains(to)
                ? ""
                : from + " may use the labs and " + new TreeSet<>(allowed) + ", not " + to + ": move "
                        + target.getSimpleName() + " down, or let " + from
                        + " declare an interface that " + to + " registers as a service";
    }

    /** Fails for each class about which {@code complaint} says something; it is given the class and its concept. */
    private static ArchCondition<JavaClass> satisfy(
            String description, BiFunction<JavaClass, String, String> complaint) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String said = complaint.apply(type, concept(type));
                if (!said.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + said));
                }
            }
        };
    }

    /** Fails for each use of a project class about which {@code complaint} says something; it is given user and used. */
    private static ArchCondition<JavaClass> dependOnlyOn(
            String description, BiFunction<JavaClass, JavaClass, String> complaint) {
        return new ArchCondition<>("depend only on " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!ALL.contain(target.getName())) {
                        return;
                    }
                    String said = complaint.apply(type, target);
                    if (!said.isEmpty()) {
                        events.add(
                                SimpleConditionEvent.violated(dependency, dependency.getDescription() + ": " + said));
                    }
                });
            }
        };
    }

    private static boolean isProduction(JavaClass type) {
        return !isToy(type) && !type.getPackageName().matches("storagelab\\.\\w+\\.experiment(\\..*)?");
    }

    private static boolean isToy(JavaClass type) {
        return (type.getPackageName() + ".").contains(".toy.");
    }

    private static boolean isGroundFloor(JavaClass type) {
        return GROUND_FLOOR.contains(concept(type));
    }

    private static boolean isSharedWith(JavaClass toy, JavaClass target) {
        return SHARED_WITH_TOYS
                .getOrDefault(outermost(target).getName(), Set.of())
                .contains(outermost(toy).getSimpleName());
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type.getBaseComponentType();
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** The name after {@code storagelab.} in the package of {@code type}. */
    private static String concept(JavaClass type) {
        List<String> names = Splitter.on('.').splitToList(type.getPackageName());
        return names.size() > 1 ? names.get(1) : "";
    }

    /** The number of the lab that {@code type} is from, or 0 for one of the grader. */
    private static int lab(JavaClass type) {
        String module = module(type);
        return module.startsWith("lab-") ? Integer.parseInt(module.substring(4, 6)) : 0;
    }

    /** {@code module}, or {@code grader/course} for each of the modules below it. */
    private static String part(String module) {
        return module.startsWith("grader/course/") ? "grader/course" : module;
    }

    private static String module(JavaClass type) {
        URI from = type.getSource()
                .orElseThrow(() -> new AssertionError(type.getName() + " was not read from a file"))
                .getUri();
        Matcher matcher = MODULE.matcher(from.toString());
        if (!matcher.matches()) {
            throw new AssertionError(type.getName() + " is from " + from
                    + ", which is in no known module: run mvn in the checkout, with -am, or add the module to MODULE");
        }
        return matcher.group(1);
    }

    private static Map<String, Integer> labOfConcept(Map<Integer, String> conceptsOfLab) {
        Map<String, Integer> labs = new TreeMap<>();
        conceptsOfLab.forEach((lab, concepts) -> {
            for (String concept : Splitter.on(' ').split(concepts)) {
                labs.put(concept, lab);
            }
        });
        return labs;
    }
}
