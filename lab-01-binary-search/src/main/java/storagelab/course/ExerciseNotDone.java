package storagelab.course;

/** Thrown by the body of an exercise that nobody has written yet. */
public final class ExerciseNotDone extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    private final String exerciseId;

    /**
     * @param exerciseId the exercise whose code was called, such as {@code "1.4"}
     */
    public ExerciseNotDone(String exerciseId) {
        super("exercise " + exerciseId + " is not done yet");
        this.exerciseId = exerciseId;
    }

    /** The exercise whose code was called, such as {@code "1.4"}. */
    public String exerciseId() {
        return exerciseId;
    }
}
