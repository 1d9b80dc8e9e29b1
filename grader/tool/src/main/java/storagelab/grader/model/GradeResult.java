package storagelab.grader.model;

import java.util.List;

/**
 * Everything that grading one submission gave, with what is needed to do it again.
 *
 * @param tool {@code "storage-lab"}
 * @param version of the grader
 * @param seed of every random test; each lab's JVM gets it as {@code -Dseed=}
 * @param jdk vendor and version that ran the submission
 * @param os name, version, architecture and processors, and how much longer than standard the time limits are
 * @param submission the directory as given, or {@code "reference"}
 * @param sandbox in words, what held the submission: user, network, limits
 * @param confined whether it kept the submission from this machine's files, network and processes
 * @param startedAt ISO-8601 instant, UTC
 * @param durationMillis wall clock of the whole grading
 * @param score sum of what the labs brought; says nothing if {@code notGraded} is not empty
 * @param maxScore sum of what they are worth
 * @param labs in the order of their numbers
 * @param flags what a person should look at: files ignored, results forged, sandbox missing
 * @param command the one command that reproduces this result
 * @param notGraded why the submission, or a part of it, could not be graded; empty if all of it was
 */
public record GradeResult(
        String tool,
        String version,
        long seed,
        String jdk,
        String os,
        String submission,
        String sandbox,
        boolean confined,
        String startedAt,
        long durationMillis,
        double score,
        double maxScore,
        List<LabResult> labs,
        List<String> flags,
        String command,
        String notGraded) {
    public GradeResult {
        labs = List.copyOf(labs);
        flags = List.copyOf(flags);
    }

    /** The same result of a submission with the same content, which another command reproduces. */
    public GradeResult of(String other, String otherCommand) {
        return new GradeResult(
                tool,
                version,
                seed,
                jdk,
                os,
                other,
                sandbox,
                confined,
                startedAt,
                durationMillis,
                score,
                maxScore,
                labs,
                flags,
                otherCommand,
                notGraded);
    }

    /** Whether the score is one: all of the submission could be graded. */
    public boolean isGraded() {
        return notGraded.isEmpty();
    }
}
