package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/** What other code can see of compiled classes: each public or protected type with its signatures, as text. */
final class PublicFace {
    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    /** Flags that say how something is compiled and not what a caller may do with it. */
    private static final int NO_MATTER =
            Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE | Opcodes.ACC_STRICT | Opcodes.ACC_SUPER;

    private PublicFace() {}

    /** The visible types below {@code directory}, each with the set of its signatures. */
    static NavigableMap<String, Set<String>> of(Path directory) throws IOException {
        NavigableMap<String, Set<String>> types = new TreeMap<>();
        for (Path file : LabTree.filesBelow(directory, ".class")) {
            Reader reader = new Reader();
            new ClassReader(Files.readAllBytes(file))
                    .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            if (reader.visible) {
                types.put(reader.name, reader.signatures);
            }
        }
        return types;
    }

    private static final class Reader extends ClassVisitor {
        private final Set<String> signatures = new TreeSet<>();
        private String name = "";
        private boolean visible;

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String internalName,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = internalName.replace('/', '.');
            visible = (access & VISIBLE) != 0;
            signatures.add("type %s extends %s implements %s %s"
                    .formatted(flags(access), superName, Arrays.toString(interfaces), text(signature)));
        }

        @Override
        public void visitInnerClass(
                String innerName, @Nullable String outerName, @Nullable String simpleName, int access) {
            if (innerName.replace('/', '.').equals(name)) {
                visible = outerName != null && (access & VISIBLE) != 0;
                signatures.add("nested " + flags(access));
            }
        }

        @Override
        public void visitPermittedSubclass(String subclass) {
            signatures.add("permits " + subclass);
        }

        @Override
        public @Nullable RecordComponentVisitor visitRecordComponent(
                String component, String descriptor, @Nullable String signature) {
            signatures.add("component %s %s %s".formatted(component, descriptor, text(signature)));
            return null;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            if (isFace(access)) {
                signatures.add(
                        "field %s %s %s %s = %s".formatted(flags(access), field, descriptor, text(signature), value));
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (isFace(access)) {
                signatures.add("method %s %s%s %s throws %s"
                        .formatted(flags(access), method, descriptor, text(signature), Arrays.toString(exceptions)));
            }
            return null;
        }

        private static boolean isFace(int access) {
            return (access & VISIBLE) != 0 && (access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) == 0;
        }

        private static String flags(int access) {
            return "0x" + Integer.toHexString(access & ~NO_MATTER);
        }

        private static String text(@Nullable String signature) {
            return signature == null ? "" : signature;
        }
    }
}
