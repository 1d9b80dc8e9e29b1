package storagelab.grader.course;

/** Whether a workspace has a way to the reference. It decides what can be offered to somebody who cannot go on. */
public enum Edition {
    /** Made by {@code lab start}: the checkout with the reference is at hand. */
    WITH_REFERENCE,
    /** Made by {@code lab handout}: there is no reference. */
    HANDOUT;

    /** What to do about {@code exercise}, which is not done and which something else needs. */
    public String wayOn(String exercise) {
        return this == WITH_REFERENCE
                ? "do it first, or take the reference with ./lab unlock " + exercise
                : "do it first";
    }
}
