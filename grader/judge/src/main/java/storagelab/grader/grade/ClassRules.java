package storagelab.grader.grade;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The rules that every submission is held to. */
final class ClassRules {
    private static final int NAME_LENGTH_MAX = 500;

    private ClassRules() {}

    /** All of them. */
    static List<ClassRule> standard() {
        return List.of(ClassRules::packageOfItsDirectory, ClassRules::shortName, ClassRules::noNativeMethods);
    }

    /** Keeps a submission from taking the place of a class of the course, of JUnit or of the grader. */
    private static Optional<String> packageOfItsDirectory(String source, ClassReader content) {
        String name = content.getClassName();
        String directory = source.substring(0, source.lastIndexOf('/') + 1);
        String declared = name.substring(0, name.lastIndexOf('/') + 1);
        if (declared.equals(directory)) {
            return Optional.empty();
        }
        return Optional.of("declares the package " + declared.replace('/', '.') + " in the directory " + directory);
    }

    /** A name becomes an entry of a jar, and is shown in reports. */
    private static Optional<String> shortName(String source, ClassReader content) {
        int length = content.getClassName().length();
        return length <= NAME_LENGTH_MAX
                ? Optional.empty()
                : Optional.of("has a class with a name of " + length + " characters");
    }

    private static Optional<String> noNativeMethods(String source, ClassReader content) {
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
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return found.length() == 0 ? Optional.empty() : Optional.of(found.toString());
    }
}
