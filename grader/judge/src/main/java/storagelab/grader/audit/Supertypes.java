package storagelab.grader.audit;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.grader.splice.SourceFile;

/** Finds what an interface or a superclass of the course says of a method. Types are found by name in the sources. */
final class Supertypes {
    private final List<Path> sources;
    private final Map<String, Optional<SourceFile>> files = new HashMap<>();

    /** Looks in the directories {@code sources}. */
    Supertypes(List<Path> sources) {
        this.sources = List.copyOf(sources);
    }

    /** The Javadoc of a method that is overridden, and the file that it stands in. */
    record Inherited(SourceFile file, DocCommentTree javadoc) {}

    /** What the nearest supertype says of {@code method}, which {@code type} declares. */
    Optional<Inherited> javadocOf(SourceFile file, ClassTree type, MethodTree method) {
        for (Tree supertype : supertypes(type)) {
            Optional<SourceFile> declaring = declaring(file, supertype);
            if (declaring.isEmpty()) {
                continue;
            }
            for (ClassTree candidate : declaring.get().types()) {
                Optional<Inherited> found = inType(declaring.get(), candidate, method);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Inherited> inType(SourceFile file, ClassTree type, MethodTree method) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree candidate
                    && candidate.getName().contentEquals(method.getName())
                    && candidate.getParameters().size()
                            == method.getParameters().size()
                    && file.javadoc(candidate).isPresent()) {
                return file.javadoc(candidate).map(javadoc -> new Inherited(file, javadoc));
            }
        }
        return javadocOf(file, type, method);
    }

    private static List<Tree> supertypes(ClassTree type) {
        List<Tree> supertypes = new ArrayList<>(type.getImplementsClause());
        if (type.getExtendsClause() != null) {
            supertypes.add(type.getExtendsClause());
        }
        return supertypes;
    }

    private Optional<SourceFile> declaring(SourceFile user, Tree type) {
        Tree plain = type instanceof ParameterizedTypeTree generic ? generic.getType() : type;
        String name = plain.toString();
        for (ImportTree imported : user.unit().getImports()) {
            String qualified = imported.getQualifiedIdentifier().toString();
            if (qualified.endsWith("." + name)) {
                return file(qualified);
            }
        }
        return file(user.packageName() + "." + name);
    }

    private Optional<SourceFile> file(String qualifiedName) {
        return files.computeIfAbsent(qualifiedName, this::parse);
    }

    private Optional<SourceFile> parse(String qualifiedName) {
        String path = qualifiedName.replace('.', '/') + ".java";
        try {
            for (Path directory : sources) {
                Path file = directory.resolve(path);
                if (Files.isRegularFile(file)) {
                    return Optional.of(SourceFile.parse(path, Files.readString(file)));
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
