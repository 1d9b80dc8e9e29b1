package storagelab.grader.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import storagelab.grader.rules.ClassRule.Violation;

/** Classes that a submission may not bring. */
class ClassRulesTest {
    private static byte[] classNamed(String name, int methodAccess) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        writer.visitMethod(methodAccess | Opcodes.ACC_ABSTRACT, "act", "()V", null, null);
        return writer.toByteArray();
    }

    private static Optional<String> violation(String source, byte[] content) {
        String name = new ClassReader(content).getClassName().replace('/', '.');
        return Optional.ofNullable(ClassRules.violations(Map.of(name, content), Map.of(name, source), any -> false)
                        .get(source))
                .map(Violation::words);
    }

    @Test
    void ordinaryClassIsAccepted() {
        byte[] content = classNamed("storagelab/search/BinarySearch", Opcodes.ACC_PUBLIC);

        assertThat(violation("storagelab/search/BinarySearch.java", content), is(Optional.empty()));
    }

    @Test
    void classInAnotherPackageThanItsDirectoryIsRefused() {
        byte[] content = classNamed("storagelab/testkit/StoreModel", Opcodes.ACC_PUBLIC);

        assertThat(
                violation("storagelab/search/BinarySearch.java", content).orElse(""),
                containsString("declares the package storagelab.testkit"));
    }

    @Test
    void nativeMethodIsRefused() {
        byte[] content = classNamed("storagelab/search/BinarySearch", Opcodes.ACC_NATIVE);

        assertThat(
                violation("storagelab/search/BinarySearch.java", content).orElse(""), is("has the native method act"));
    }
}
