package storagelab.grader.doctor;

import com.google.gson.annotations.SerializedName;

/**
 * One thing that the course uses, and how it is on this machine.
 *
 * @param name in one or two words
 * @param state how it is
 * @param found what was found, a sentence without a full stop
 * @param next what to do about it; empty if there is nothing to do
 * @param forbids what is impossible while it is missing
 */
public record Check(String name, State state, String found, String next, Forbids forbids) {
    /** How it is. */
    public enum State {
        /** As it should be. */
        @SerializedName("ok")
        OK,
        /** There, but not for all that it is used for. */
        @SerializedName("limited")
        LIMITED,
        /** Not there. */
        @SerializedName("missing")
        MISSING
    }

    /** What is impossible without it. */
    public enum Forbids {
        /** Nothing. */
        @SerializedName("nothing")
        NOTHING,
        /** Grading. */
        @SerializedName("grading")
        GRADING,
        /** Students' work, and so grading. */
        @SerializedName("everything")
        EVERYTHING
    }

    static Check ok(String name, String found) {
        return new Check(name, State.OK, found, "", Forbids.NOTHING);
    }

    static Check limited(String name, String found, String next) {
        return new Check(name, State.LIMITED, found, next, Forbids.NOTHING);
    }

    static Check missing(String name, String found, String next, Forbids forbids) {
        return new Check(name, State.MISSING, found, next, forbids);
    }
}
