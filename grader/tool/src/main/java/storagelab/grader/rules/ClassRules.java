package storagelab.grader.rules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import storagelab.grader.rules.ClassRule.Violation;

/** The rules that the classes of a submission are held to, before anything of them is loaded. */
public final class ClassRules {
    private static final int NAME_LENGTH_MAX = 500;

    private ClassRules() {}

    /**
     * What breaks a rule, by source: of each source, the violation of the smallest line.
     *
     * @param classes class files by binary name
     * @param sources path of the source of each class
     * @param isStudentSource whether a source is not as it was handed out; what the course itself wrote may use everything
     */
    public static Map<String, Violation> violations(
            Map<String, byte[]> classes, Map<String, String> sources, Predicate<String> isStudentSource) {
        ClassRule api = new ApiRule(classes);
        Map<String, Violation> found = new TreeMap<>();
        classes.forEach((name, content) -> {
            String source = sources.getOrDefault(name, "");
            ClassReader reader = new ClassReader(content);
            Stream<ClassRule> shape =
                    Stream.of(ClassRules::packageOfItsDirectory, ClassRules::shortName, ClassRules::plainMethods);
            Stream<ClassRule> rules = isStudentSource.test(source) ? Stream.concat(shape, Stream.of(api)) : shape;
            rules.flatMap(rule -> rule.violation(source, reader).stream())
                    .forEach(one -> found.merge(source, one, (a, b) -> b.line() < a.line() ? b : a));
        });
        return found;
    }

    /** Keeps a submission from taking the place of a class of the course, of JUnit or of the grader. */
    private static Optional<Violation> packageOfItsDirectory(String source, ClassReader content) {
        String name = content.getClassName();
        String directory = source.substring(0, source.lastIndexOf('/') + 1);
        String declared = name.substring(0, name.lastIndexOf('/') + 1);
        if (declared.equals(directory)) {
            return Optional.empty();
        }
        return whole("declares the package " + declared.replace('/', '.') + " in the directory " + directory);
    }

    /** A name becomes an entry of a jar, and is shown in reports. */
    private static Optional<Violation> shortName(String source, ClassReader content) {
        int length = content.getClassName().length();
        return length <= NAME_LENGTH_MAX
                ? Optional.empty()
                : whole("has a class with a name of " + length + " characters");
    }

    /** Native code does what it wants, and {@code finalize} runs on a thread of the JVM, at any time. */
    private static Optional<Violation> plainMethods(String source, ClassReader content) {
        StringBuilder found = new StringBuilder();
        content.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        if ((access & Opcodes.ACC_NATIVE) != 0) {
                            found.append("has the native method ").append(name);
                        } else if (name.equals("finalize") && descriptor.equals("()V")) {
                            found.append("has a finalize method; close() is where a store gives up what it holds");
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return found.length() == 0 ? Optional.empty() : whole(found.toString());
    }

    private static Optional<Violation> whole(String words) {
        return Optional.of(new Violation(0, words));
    }
}
