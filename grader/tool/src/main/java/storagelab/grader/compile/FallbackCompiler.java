package storagelab.grader.compile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.compile.Javac.Attempt;
import storagelab.grader.compile.Javac.CompiledClass;
import storagelab.grader.model.CompileError;

/**
 * Compiles as much as can be compiled: a file with errors is replaced by its pristine text, or left out if it has none,
 * until the rest compiles. Every round takes at least one file out, so it ends.
 */
final class FallbackCompiler {
    private final Javac javac;
    private final Map<String, String> pristine;

    /**
     * @param pristine texts as they were handed out, by path
     */
    FallbackCompiler(Javac javac, Map<String, String> pristine) {
        this.javac = javac;
        this.pristine = pristine;
    }

    /**
     * What could be compiled.
     *
     * @param classes by binary name
     * @param errors of the files as they were given
     * @param replaced paths whose pristine text was compiled, or nothing
     */
    record Outcome(Map<String, CompiledClass> classes, List<CompileError> errors, Set<String> replaced) {}

    Outcome compile(Map<String, String> sources) {
        SortedMap<String, String> texts = new TreeMap<>(sources);
        List<CompileError> errors = new ArrayList<>();
        Set<String> replaced = new LinkedHashSet<>();
        while (true) {
            Attempt attempt = javac.compile(texts);
            if (attempt.errors().isEmpty()) {
                return new Outcome(attempt.classes(), errors, replaced);
            }
            Set<String> broken = new LinkedHashSet<>();
            for (CompileError error : attempt.errors()) {
                broken.add(error.file());
                if (!replaced.contains(error.file())) {
                    errors.add(error);
                }
            }
            boolean progress = false;
            for (String path : broken) {
                progress |= replace(path, texts, replaced);
            }
            if (!progress) {
                // An error without a file, or one in pristine text: nothing can be told apart any more.
                errors.addAll(attempt.errors());
                return new Outcome(Map.of(), errors, sources.keySet());
            }
        }
    }

    private boolean replace(String path, Map<String, String> texts, Set<String> replaced) {
        String current = texts.get(path);
        if (current == null) {
            return false;
        }
        String original = pristine.get(path);
        if (replaced.add(path) && original != null && !original.equals(current)) {
            texts.put(path, original);
        } else {
            texts.remove(path);
        }
        return true;
    }
}
