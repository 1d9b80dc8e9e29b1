package storagelab.query;

/** A row cannot be written, because another row has its primary key, or its values in a unique index. Nothing has changed. */
public final class ConstraintViolationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String constraint;

    ConstraintViolationException(String constraint, String message) {
        super(message);
        this.constraint = constraint;
    }

    /** The name of the relation whose primary key, or of the index whose values another row has. */
    public String constraint() {
        return constraint;
    }
}
