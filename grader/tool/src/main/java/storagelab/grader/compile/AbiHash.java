package storagelab.grader.compile;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/**
 * A hash of what other classes can see of a class: names, types, modifiers and constant values of everything that is
 * not private. If it stays the same, nothing that uses the class needs to be compiled again.
 */
final class AbiHash {
    private AbiHash() {}

    /** The hash of some classes together, in whatever order they come. */
    static String of(Iterable<byte[]> classes) {
        TreeSet<String> faces = new TreeSet<>();
        for (byte[] content : classes) {
            Face face = new Face();
            new ClassReader(content)
                    .accept(face, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            faces.addAll(face.lines);
        }
        Hasher hasher = Hashing.sha256().newHasher();
        faces.forEach(line -> hasher.putString(line, StandardCharsets.UTF_8).putChar('\n'));
        return hasher.hash().toString();
    }

    /** The hash of the hashes of many sources. */
    static String combine(Map<String, String> hashes) {
        Hasher hasher = Hashing.sha256().newHasher();
        hashes.forEach((path, hash) -> hasher.putString(path + "=" + hash + "\n", StandardCharsets.UTF_8));
        return hasher.hash().toString();
    }

    private static final class Face extends ClassVisitor {
        private final TreeSet<String> lines = new TreeSet<>();
        private String name = "";

        Face() {
            super(Opcodes.ASM9);
        }

        private void add(int access, @Nullable Object... parts) {
            if ((access & Opcodes.ACC_PRIVATE) == 0 && (access & Opcodes.ACC_SYNTHETIC) == 0) {
                lines.add(name + " " + access + " " + Arrays.deepToString(parts));
            }
        }

        @Override
        public void visit(
                int version,
                int access,
                String className,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = className;
            add(access, "class", signature, superName, interfaces);
        }

        @Override
        public void visitPermittedSubclass(String subclass) {
            add(0, "permits", subclass);
        }

        @Override
        public void visitInnerClass(String inner, @Nullable String outer, @Nullable String simpleName, int access) {
            if (inner.equals(name)) {
                add(access, "nested", outer, simpleName);
            }
        }

        @Override
        public @Nullable RecordComponentVisitor visitRecordComponent(
                String component, String descriptor, @Nullable String signature) {
            add(0, "component", component, descriptor, signature);
            return null;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            add(access, "field", field, descriptor, signature, value);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            add(access, "method", method, descriptor, signature, exceptions);
            return null;
        }
    }
}
