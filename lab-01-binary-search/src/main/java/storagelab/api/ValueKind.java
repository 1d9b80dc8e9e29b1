package storagelab.api;

/** What a write did to its key. The code is what files say. */
public enum ValueKind {
    /** The key has gone. */
    DELETION(0),
    /** The key has a value. */
    VALUE(1);

    private final int code;

    ValueKind(int code) {
        this.code = code;
    }

    /** The number that stands for it in files. */
    public int code() {
        return code;
    }

    /**
     * The kind with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ValueKind of(int code) {
        return switch (code) {
            case 0 -> DELETION;
            case 1 -> VALUE;
            default -> throw new IllegalArgumentException("there is no kind of value with the code " + code);
        };
    }
}
