package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.grader.run.SubmissionTime;

/**
 * The labs of a submission below the one that is graded, each compiled against those below it. They take the place of
 * the reference's for the second score.
 */
final class OwnLabs {
    private final List<LabText> texts = new ArrayList<>();
    private final List<LabCode> code = new ArrayList<>();
    private final SubmissionTime time;
    private boolean differ;

    OwnLabs(SubmissionTime time) {
        this.time = time;
    }

    /**
     * One more lab, the next above those there are.
     *
     * @param isThere whether the submission has the lab at all
     */
    void add(LabText text, boolean isThere) {
        texts.add(text);
        differ |= isThere && !text.isReference();
    }

    /** Whether a run on them can end otherwise than one on the reference's. */
    boolean differ() {
        return differ;
    }

    /** Their classes, on the stage of {@code kit}. */
    List<Path> classes(GradeKit kit) throws IOException, InterruptedException {
        List<Path> below = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (code.size() == i) {
                code.add(LabCode.compile(kit, texts.get(i), below, time));
            }
            below.add(code.get(i).write(kit, "own-" + texts.get(i).lab().number()));
        }
        return below;
    }

    /** Whether a class comes from a source of theirs that is not as it was handed out. */
    boolean isStudentClass(String name) {
        return texts.stream().anyMatch(text -> text.isStudentClass(name));
    }
}
