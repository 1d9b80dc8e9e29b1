package storagelab.grader.splice;

import com.sun.source.tree.ImportTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The import declarations of a file: drops those that nothing needs any more and adds new ones in their place. */
final class Imports {
    private final SourceFile file;
    private final List<Declared> declared = new ArrayList<>();

    /** An import: {@code a.b.C}, {@code a.b.*}, or a static one. */
    record Name(String qualified, boolean isStatic) {
        String simple() {
            return Markers.simpleName(qualified);
        }

        boolean onDemand() {
            return qualified.endsWith(".*");
        }

        String text() {
            return (isStatic ? "import static " : "import ") + qualified + ";";
        }
    }

    private record Declared(Name name, int start, int end) {}

    private Imports(SourceFile file) {
        this.file = file;
        for (ImportTree tree : file.unit().getImports()) {
            Name name = new Name(tree.getQualifiedIdentifier().toString(), tree.isStatic());
            declared.add(new Declared(name, file.start(tree), file.end(tree)));
        }
    }

    /** The imports of {@code file}. */
    static Imports of(SourceFile file) {
        return new Imports(file);
    }

    /** What is imported, in the order of the text. */
    List<Name> names() {
        return declared.stream().map(Declared::name).toList();
    }

    /** The offset after the last import or the package declaration; what follows is the code. */
    int codeStart() {
        if (!declared.isEmpty()) {
            return declared.get(declared.size() - 1).end;
        }
        return file.unit().getPackage() == null ? 0 : file.end(file.unit().getPackage());
    }

    /**
     * Drops every import whose simple name the code mentioned and {@code remaining} does not, and {@code always}.
     *
     * @param remaining the code after the last import as it will be
     */
    Set<String> dropUnused(String remaining, Set<String> always, Edits edits) {
        String before = file.text().substring(codeStart());
        Set<String> dropped = new HashSet<>();
        for (Declared each : declared) {
            String simple = each.name.simple();
            boolean unused =
                    !each.name.onDemand() && JavaText.mentions(before, simple) && !JavaText.mentions(remaining, simple);
            if (unused || always.contains(each.name.qualified)) {
                dropped.add(each.name.qualified);
            }
        }
        removeLines(dropped, edits);
        return dropped;
    }

    private void removeLines(Set<String> dropped, Edits edits) {
        String text = file.text();
        for (int first = 0; first < declared.size(); ) {
            int next = groupEnd(first);
            boolean whole = true;
            for (Declared each : declared.subList(first, next)) {
                whole &= dropped.contains(each.name.qualified);
            }
            for (Declared each : declared.subList(first, next)) {
                if (dropped.contains(each.name.qualified)) {
                    edits.remove(JavaText.lineStart(text, each.start), JavaText.nextLine(text, each.end));
                }
            }
            if (whole) {
                int after = JavaText.nextLine(text, declared.get(next - 1).end);
                edits.remove(after, JavaText.lineStart(text, JavaText.skipSpace(text, after)));
            }
            first = next;
        }
    }

    /** The index after the imports that stand together with {@code first}, without a blank line between. */
    private int groupEnd(int first) {
        int next = first + 1;
        while (next < declared.size()
                && declared.get(next).start <= JavaText.nextLine(file.text(), declared.get(next - 1).end)) {
            next++;
        }
        return next;
    }

    /** Whether a name needs no import: it is imported, or of the file's own package. */
    boolean covers(Name wanted) {
        String owner = wanted.qualified.substring(0, wanted.qualified.lastIndexOf('.'));
        return names().contains(wanted)
                || names().contains(new Name(owner + ".*", wanted.isStatic))
                || (!wanted.isStatic && owner.equals(file.packageName()));
    }

    /** Adds an import before the first of its kind that sorts after it, passing over those that are dropped. */
    void add(Name wanted, Set<String> dropped, Edits edits) {
        if (covers(wanted)) {
            return;
        }
        String lineBreak = JavaText.lineBreak(file.text());
        Declared last = null;
        for (Declared each : declared) {
            if (each.name.isStatic == wanted.isStatic && !dropped.contains(each.name.qualified)) {
                if (each.name.qualified.compareTo(wanted.qualified) > 0) {
                    edits.insert(each.start, wanted.text() + lineBreak);
                    return;
                }
                last = each;
            }
        }
        if (last != null) {
            edits.insert(last.end, lineBreak + wanted.text());
        } else if (codeStart() > 0) {
            edits.insert(codeStart(), lineBreak + lineBreak + wanted.text());
        } else {
            edits.insert(0, wanted.text() + lineBreak + lineBreak);
        }
    }

    /** The imports by simple name, without those on demand. */
    Map<String, Name> bySimpleName() {
        Map<String, Name> names = new HashMap<>();
        for (Name name : names()) {
            if (!name.onDemand()) {
                names.put(name.simple(), name);
            }
        }
        return names;
    }
}
