package storagelab.grader.compile;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.compile.FallbackCompiler.Outcome;
import storagelab.grader.compile.Javac.CompiledClass;
import storagelab.grader.model.CompileError;

/**
 * Compiles what changed in one {@link SourceSet}. Changed files are compiled against the classes of the others; if what
 * others can see of them changed too, everything is compiled again. A file with errors is compiled as it was handed
 * out, and again the next time, so that its errors are not forgotten. A file that was handed out and is gone counts as one
 * with an error.
 */
final class IncrementalCompiler {
    private static final String MISSING = "is missing; a copy of it is below .lab/starter";

    private final SourceSet set;
    private final SortedMap<String, String> pristine;

    IncrementalCompiler(SourceSet set) throws IOException {
        this.set = set;
        this.pristine = JavaSources.read(set.pristine());
    }

    /**
     * What a compilation gave.
     *
     * @param errors of the sources as they are; line 0 means the whole file
     * @param broken paths that did not compile
     * @param face hash of what users of the classes can see
     */
    record Compiled(List<CompileError> errors, Set<String> broken, String face) {}

    /**
     * Brings the classes up to date.
     *
     * @param uses hash of the changing part of the class path; another one than the last time compiles everything
     */
    Compiled compile(String uses) throws IOException {
        SortedMap<String, String> sources = JavaSources.read(set.sources());
        List<CompileError> errors = new ArrayList<>();
        pristine.forEach((path, text) -> {
            if (sources.putIfAbsent(path, text) == null) {
                errors.add(new CompileError(path, 0, 0, MISSING, ""));
            }
        });
        Compiled compiled = compile(sources, uses);
        errors.addAll(compiled.errors());
        return new Compiled(errors, compiled.broken(), compiled.face());
    }

    private Compiled compile(SortedMap<String, String> sources, String uses) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        sources.forEach((path, text) -> hashes.put(path, hash(text)));
        BuildState before = BuildState.read(set.state());
        boolean sameFiles = hashes.keySet().containsAll(before.sources().keySet());
        if (!before.uses().equals(uses) || before.sources().isEmpty() || !sameFiles) {
            return compileAll(sources, hashes, uses);
        }
        SortedMap<String, String> changed = new TreeMap<>(sources);
        changed.keySet()
                .removeIf(path ->
                        hashes.getOrDefault(path, "").equals(before.sources().get(path)));
        if (changed.isEmpty()) {
            return new Compiled(List.of(), Set.of(), before.face());
        }
        List<Path> classPath = new ArrayList<>(List.of(set.classes()));
        classPath.addAll(set.classPath());
        Outcome outcome = new FallbackCompiler(new Javac(classPath), pristine).compile(changed);
        Map<String, String> abi = abiBySource(outcome.classes());
        for (String path : changed.keySet()) {
            if (!abi.getOrDefault(path, "").equals(before.abi().getOrDefault(path, ""))) {
                return compileAll(sources, hashes, uses);
            }
        }
        write(outcome.classes());
        Map<String, String> compiled = new TreeMap<>(hashes);
        compiled.keySet().removeAll(outcome.replaced());
        BuildState after = new BuildState(uses, compiled, before.abi());
        after.write(set.state());
        return new Compiled(outcome.errors(), outcome.replaced(), after.face());
    }

    private Compiled compileAll(SortedMap<String, String> sources, Map<String, String> hashes, String uses)
            throws IOException {
        Outcome outcome = new FallbackCompiler(new Javac(set.classPath()), pristine).compile(sources);
        Files.createDirectories(set.classes());
        PathUtils.cleanDirectory(set.classes());
        write(outcome.classes());
        Map<String, String> compiled = new TreeMap<>(hashes);
        compiled.keySet().removeAll(outcome.replaced());
        BuildState after = new BuildState(uses, compiled, abiBySource(outcome.classes()));
        after.write(set.state());
        return new Compiled(outcome.errors(), outcome.replaced(), after.face());
    }

    private static Map<String, String> abiBySource(Map<String, CompiledClass> classes) {
        Map<String, List<byte[]>> bySource = new LinkedHashMap<>();
        for (CompiledClass compiled : classes.values()) {
            bySource.computeIfAbsent(compiled.source(), path -> new ArrayList<>())
                    .add(compiled.content());
        }
        Map<String, String> abi = new TreeMap<>();
        bySource.forEach((path, contents) -> abi.put(path, AbiHash.of(contents)));
        return abi;
    }

    private void write(Map<String, CompiledClass> classes) throws IOException {
        for (Map.Entry<String, CompiledClass> compiled : classes.entrySet()) {
            Path file = set.classes().resolve(compiled.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, compiled.getValue().content());
        }
    }

    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
}
