package storagelab.grader.run;

/** In which way a piece of work has run out of time. */
public enum OutOfTime {
    /** It has used up its processor time. */
    CPU("an endless loop, or far too many steps?"),
    /** None of its threads moves any more. */
    STILL("every thread waits, and nothing wakes one: a deadlock, or a wake-up that is lost?"),
    /** Its threads move, but at nearly every look all of them sleep. */
    IDLE("a wake-up that never comes, or a condition that never becomes true?"),
    /** It uses little processor time and does not end either. */
    WALL("does it sleep, or wait for something that never comes?");

    private final String guess;

    OutOfTime(String guess) {
        this.guess = guess;
    }

    /** What it can mean, in words. */
    String guess() {
        return guess;
    }
}
