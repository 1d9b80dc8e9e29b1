package storagelab.grader.rules;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds every type and every member that a class uses, with the line. */
final class UseVisitor extends ClassVisitor {
    /** The member that stands for extending a class or implementing an interface. */
    static final String EXTENDS = "<extends>";

    private final Uses uses;
    private long line;

    /** Told of each use. */
    @FunctionalInterface
    interface Uses {
        /**
         * A use.
         *
         * @param line 0 if it is that of the class as a whole
         * @param type the name as in the class file, of an array with its brackets
         * @param member empty for a use of the type as such
         * @param descriptor of a method; empty for everything else
         */
        void used(long line, String type, String member, String descriptor);
    }

    UseVisitor(Uses uses) {
        super(Opcodes.ASM9);
        this.uses = uses;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String[] interfaces) {
        if (superName != null) {
            uses.used(0, superName, EXTENDS, "");
        }
        for (String above : interfaces) {
            if (!above.equals("java/lang/annotation/Annotation")) {
                uses.used(0, above, EXTENDS, "");
            }
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        line = 0;
        return new Instructions();
    }

    private final class Instructions extends MethodVisitor {
        Instructions() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            uses.used(line, owner, name, descriptor);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            uses.used(line, owner, name, "");
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            uses.used(line, type, "", "");
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            uses.used(line, descriptor, "", "");
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type != null) {
                uses.used(line, type, "", "");
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            handle(bootstrap);
            for (Object argument : arguments) {
                constant(argument);
            }
        }

        private void constant(Object value) {
            if (value instanceof Handle handle) {
                handle(handle);
            } else if (value instanceof ConstantDynamic dynamic) {
                handle(dynamic.getBootstrapMethod());
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            } else if (value instanceof Type type && (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY)) {
                uses.used(line, type.getInternalName(), "", "");
            }
        }

        private void handle(Handle handle) {
            boolean isField = handle.getTag() <= Opcodes.H_PUTSTATIC;
            uses.used(line, handle.getOwner(), handle.getName(), isField ? "" : handle.getDesc());
        }
    }
}
