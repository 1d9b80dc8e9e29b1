package storagelab.grader.splice;

import java.util.List;
import java.util.Set;
import storagelab.grader.splice.TypeBody.Member;

/** Adds to one source what it has not got yet of another: members at the end of a type, imports among the imports. */
final class Additions {
    private final SourceFile into;
    private final SourceFile from;
    private final Edits edits;

    Additions(SourceFile into, SourceFile from, Edits edits) {
        this.into = into;
        this.from = from;
        this.edits = edits;
    }

    /** Adds {@code members}, with their comments, before the closing brace at {@code close}. */
    void members(List<Member> members, int close) {
        if (members.isEmpty()) {
            return;
        }
        String lineBreak = JavaText.lineBreak(into.text());
        StringBuilder added = new StringBuilder();
        for (Member member : members) {
            int start = JavaText.skipSpace(from.text(), member.leadStart());
            added.append(lineBreak)
                    .append(JavaText.indentation(from.text(), member.start()))
                    .append(from.text(), start, member.tailEnd())
                    .append(lineBreak);
        }
        int line = JavaText.lineStart(into.text(), close);
        boolean braceAlone = JavaText.skipBlanks(into.text(), line) == close;
        edits.insert(braceAlone ? line : close, added.toString());
    }

    /** Adds the imports that {@code taken} mentions. */
    void imports(String taken) {
        Imports present = Imports.of(into);
        for (Imports.Name wanted : Imports.of(from).names()) {
            if (wanted.onDemand() || JavaText.mentions(taken, wanted.simple())) {
                Imports.Name same = present.bySimpleName().get(wanted.simple());
                if (same != null && same.isStatic() == wanted.isStatic() && !same.equals(wanted)) {
                    throw new SpliceException("%s imports %s, and %s already imports %s"
                            .formatted(from.name(), wanted.qualified(), into.name(), same.qualified()));
                }
                present.add(wanted, Set.of(), edits);
            }
        }
    }
}
