package storagelab.btree;

import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/** What stands between two neighbouring pages. */
public final class Separator {
    private Separator() {}

    /**
     * The shortest slice that is greater than {@code left} and not greater than {@code right}: as much of {@code right}
     * as it takes to tell the two apart. A separator is only a signpost, and short ones make branches with more
     * children.
     *
     * <p>Examples: between {@code "blue"} and {@code "green"} it is {@code "g"}; between {@code "green"} and {@code
     * "grey"}, {@code "gre"} would be less than green, so it is {@code "grey"}; between {@code "a"} and {@code "abc"}
     * it is {@code "ab"}.
     *
     * @param left less than {@code right}
     * @return the first bytes of {@code right}, not copied
     */
    @ExercisePart("4.8")
    public static Slice between(Slice left, Slice right) {
        return right.subSlice(0, left.commonPrefix(right) + 1);
    }
}
