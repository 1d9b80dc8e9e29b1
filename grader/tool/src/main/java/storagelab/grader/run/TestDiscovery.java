package storagelab.grader.run;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.SelectorResolutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Finds tests with JUnit. Nothing registers itself: no listener, extension or property file of a submission is looked
 * up. {@code @Timeout} of a method or class is read as its limit and switched off in JUnit, because only the parent can
 * end a test that does not want to end.
 */
public final class TestDiscovery {
    private final Launcher launcher;
    private final Map<String, Throwable> problems = new TreeMap<>();

    public TestDiscovery() {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        this.launcher = LauncherFactory.create(config);
    }

    Launcher launcher() {
        return launcher;
    }

    /** Classes that could not be read, with the reason. */
    Map<String, Throwable> problems() {
        return problems;
    }

    /** The tests of the selection, without running anything of them. */
    public List<PlannedTest> find(TestSelection selection) {
        return plannedTests(discover(selection));
    }

    TestPlan discover(TestSelection selection) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String name : selection.classes()) {
            selectors.add(DiscoverySelectors.selectClass(name));
        }
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .configurationParameter("junit.platform.discovery.listener.default", "logging")
                .listeners(new ProblemCollector())
                .selectors(selectors)
                .filters(skipping(selection.skip()));
        if (!selection.tags().isEmpty()) {
            request.filters(TagFilter.includeTags(selection.tags()));
        }
        LauncherDiscoveryRequest built = request.build();
        return launcher.discover(built);
    }

    private static PostDiscoveryFilter skipping(List<String> uniqueIds) {
        return descriptor -> FilterResult.includedIf(
                !uniqueIds.contains(descriptor.getUniqueId().toString()));
    }

    /** The test methods of a plan in the order they will run. */
    static List<PlannedTest> plannedTests(TestPlan plan) {
        List<PlannedTest> tests = new ArrayList<>();
        for (TestIdentifier root : plan.getRoots()) {
            collect(plan, root, tests);
        }
        return tests;
    }

    private static void collect(TestPlan plan, TestIdentifier identifier, List<PlannedTest> tests) {
        if (isTestMethod(identifier)) {
            tests.add(planned(identifier));
            return;
        }
        for (TestIdentifier child : plan.getChildren(identifier)) {
            collect(plan, child, tests);
        }
    }

    /** A test method, as opposed to a class or to one repetition of a method. */
    static boolean isTestMethod(TestIdentifier identifier) {
        List<UniqueId.Segment> segments = identifier.getUniqueIdObject().getSegments();
        String type = segments.get(segments.size() - 1).getType();
        return type.equals("method") || type.equals("test-template") || type.equals("test-factory");
    }

    private static PlannedTest planned(TestIdentifier identifier) {
        Optional<MethodSource> source = methodSource(identifier);
        String className = source.map(MethodSource::getClassName).orElse("");
        String method = source.map(MethodSource::getMethodName).orElse(identifier.getDisplayName());
        String simpleName = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        return new PlannedTest(
                identifier.getUniqueId(),
                simpleName + "." + method,
                name(identifier.getDisplayName(), method),
                identifier.getTags().stream().map(TestTag::getName).sorted().toList(),
                source.map(TestDiscovery::limitMillis).orElse(TimeLimits.testMillisDefault()));
    }

    /** The display name; where nobody gave one, the method's name as words. */
    private static String name(String displayName, String method) {
        if (!displayName.startsWith(method + "(")) {
            return displayName;
        }
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static Optional<MethodSource> methodSource(TestIdentifier identifier) {
        Optional<TestSource> source = identifier.getSource();
        return source.filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }

    private static long limitMillis(MethodSource source) {
        Method method = source.getJavaMethod();
        Optional<Timeout> timeout = AnnotationSupport.findAnnotation(method, Timeout.class);
        if (timeout.isEmpty()) {
            timeout = AnnotationSupport.findAnnotation(source.getJavaClass(), Timeout.class);
        }
        return timeout.map(found -> found.unit().toMillis(found.value())).orElse(TimeLimits.testMillisDefault());
    }

    /** Remembers which selectors failed and why. */
    private final class ProblemCollector implements LauncherDiscoveryListener {
        @Override
        public void selectorProcessed(UniqueId engineId, DiscoverySelector selector, SelectorResolutionResult result) {
            result.getThrowable().ifPresent(thrown -> problems.put(selector.toString(), thrown));
        }
    }
}
