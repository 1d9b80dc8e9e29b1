package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Classes that a submission may not bring. */
class ClassRulesTest {
    private static ClassReader classNamed(String name, int methodAccess) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        writer.visitMethod(methodAccess | Opcodes.ACC_ABSTRACT, "act", "()V", null, null);
        return new ClassReader(writer.toByteArray());
    }

    private static Optional<String> violation(String source, ClassReader content) {
        return ClassRules.standard().stream()
                .flatMap(rule -> rule.violation(source, content).stream())
                .findFirst();
    }

    @Test
    void ordinaryClassIsAccepted() {
        ClassReader content = classNamed("storagelab/search/BinarySearch", Opcodes.ACC_PUBLIC);

        assertThat(violation("storagelab/search/BinarySearch.java", content), is(Optional.empty()));
    }

    @Test
    void classInAnotherPackageThanItsDirectoryIsRefused() {
        ClassReader content = classNamed("storagelab/testkit/StoreModel", Opcodes.ACC_PUBLIC);

        assertThat(
                violation("storagelab/search/BinarySearch.java", content).orElse(""),
                containsString("declares the package storagelab.testkit"));
    }

    @Test
    void nativeMethodIsRefused() {
        ClassReader content = classNamed("storagelab/search/BinarySearch", Opcodes.ACC_NATIVE);

        assertThat(
                violation("storagelab/search/BinarySearch.java", content).orElse(""), is("has the native method act"));
    }
}
