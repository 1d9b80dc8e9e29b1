package storagelab.course;

/** How hard an exercise is for somebody who has done the ones before it. */
public enum Difficulty {
    /** One idea, known from a textbook. */
    EASY,
    /** Several ideas that must fit together. */
    MEDIUM,
    /** Subtle: concurrency, crashes, or an invariant that is easy to break. */
    HARD
}
