package storagelab.grader.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the test classes of an exercise by the tags in their class files, without loading any. */
public final class TaggedClasses {
    private static final String TAG = "Lorg/junit/jupiter/api/Tag;";
    private static final String TAGS = "Lorg/junit/jupiter/api/Tags;";

    private final Map<String, Face> faces = new TreeMap<>();

    private TaggedClasses() {}

    /** Reads every class file below {@code directory}. */
    public static TaggedClasses read(Path directory) throws IOException {
        TaggedClasses found = new TaggedClasses();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            Face face = new Face();
            new ClassReader(Files.readAllBytes(file))
                    .accept(face, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            found.faces.put(face.name, face);
        }
        return found;
    }

    /** The binary names of top-level classes with a test that carries one of the tags, sorted. */
    public List<String> withTag(Set<String> tags) {
        List<String> names = new ArrayList<>();
        for (Face face : faces.values()) {
            boolean topLevel = !face.name.contains("$");
            if (topLevel && !face.isAbstract && carries(face, tags)) {
                names.add(face.name.replace('/', '.'));
            }
        }
        return names;
    }

    private boolean carries(Face face, Set<String> tags) {
        Face at = face;
        while (at != null) {
            if (at.tags.stream().anyMatch(tags::contains)) {
                return true;
            }
            at = faces.get(at.superName);
        }
        return faces.values().stream()
                .filter(other -> other.name.startsWith(face.name + "$"))
                .anyMatch(nested -> nested.tags.stream().anyMatch(tags::contains));
    }

    /** The tags on one class and on its methods. */
    private static final class Face extends ClassVisitor {
        private final Set<String> tags = new HashSet<>();
        private String name = "";
        private String superName = "";
        private boolean isAbstract;

        Face() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String className,
                @Nullable String signature,
                @Nullable String superClass,
                String @Nullable [] interfaces) {
            name = className;
            superName = superClass == null ? "" : superClass;
            isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return tagReader(descriptor);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return tagReader(annotation);
                }
            };
        }

        private @Nullable AnnotationVisitor tagReader(String descriptor) {
            if (!descriptor.equals(TAG) && !descriptor.equals(TAGS)) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String element, Object value) {
                    tags.add(value.toString());
                }

                @Override
                public AnnotationVisitor visitArray(String element) {
                    return this;
                }

                @Override
                public AnnotationVisitor visitAnnotation(String element, String nested) {
                    return this;
                }
            };
        }
    }
}
