package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import storagelab.grader.compile.UntrustedCompiler;
import storagelab.grader.compile.UntrustedCompiler.Compiled;
import storagelab.grader.model.CompileError;
import storagelab.grader.rules.ClassRule.Violation;
import storagelab.grader.run.SubmissionTime;

/**
 * The classes of one lab of a submission, which may be run, and what is missing among them.
 *
 * @param classes class files by binary name
 * @param errors what the compiler or a rule refused
 * @param broken sources that are not among the classes as they were submitted
 * @param flags what a person should look at
 * @param cpuNanos the processor time of the compiler
 */
record LabCode(
        Map<String, byte[]> classes, List<CompileError> errors, Set<String> broken, Set<String> flags, long cpuNanos) {
    LabCode {
        errors = List.copyOf(errors);
        broken = Set.copyOf(broken);
        flags = Set.copyOf(flags);
    }

    /**
     * Compiles a lab and checks its classes. A source that breaks a rule is treated like one that does not compile.
     *
     * @param below classes of the labs that it is compiled against, on the stage of {@code kit}
     */
    static LabCode compile(GradeKit kit, LabText text, List<Path> below, SubmissionTime time)
            throws IOException, InterruptedException {
        List<Path> classPath = new ArrayList<>(kit.labLibraries());
        classPath.addAll(below);
        UntrustedCompiler compiler = new UntrustedCompiler(kit.stage(), kit.compilerTool(), classPath, time);
        SortedMap<String, String> remaining = new TreeMap<>(text.texts());
        SortedMap<String, String> pristine = text.pristine();
        List<CompileError> refused = new ArrayList<>();
        text.refused().forEach((path, why) -> refused.add(new CompileError(path, 0, 0, why, "")));
        while (true) {
            Compiled compiled = compiler.compile(remaining, pristine);
            Map<String, Violation> violations =
                    kit.rules().violations(compiled.classes(), compiled.sources(), text::isStudentSource);
            if (violations.isEmpty()) {
                List<CompileError> errors = new ArrayList<>(refused);
                errors.addAll(compiled.errors());
                Set<String> broken = new TreeSet<>(compiled.replaced());
                refused.forEach(error -> broken.add(error.file()));
                return new LabCode(compiled.classes(), errors, broken, compiler.flags(), compiler.cpuNanos());
            }
            for (Map.Entry<String, Violation> violation : violations.entrySet()) {
                String path = violation.getKey();
                refused.add(CompileError.refused(
                        path,
                        violation.getValue().line(),
                        violation.getValue().words(),
                        remaining.getOrDefault(path, "")));
                if (pristine.containsKey(path) && !pristine.get(path).equals(remaining.get(path))) {
                    remaining.put(path, pristine.get(path));
                } else {
                    remaining.remove(path);
                }
            }
        }
    }

    /** Puts the classes where confined JVMs can read them: into a jar, because a class may have a name that no file can. */
    Path write(GradeKit kit, String name) throws IOException {
        Path directory = kit.stage().directory(name);
        Path jar = directory.resolve("submission.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> content : classes.entrySet()) {
                out.putNextEntry(new ZipEntry(content.getKey().replace('.', '/') + ".class"));
                out.write(content.getValue());
            }
        }
        kit.stage().sandbox().shareReadOnly(directory);
        return jar;
    }
}
