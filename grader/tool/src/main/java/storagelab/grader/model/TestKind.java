package storagelab.grader.model;

/** Whether students have a test. */
public enum TestKind {
    /** In every workspace, and run by {@code ./lab test}. */
    PUBLIC("public"),
    /** Only in the grader. */
    HIDDEN("hidden");

    private final String word;

    TestKind(String word) {
        this.word = word;
    }

    /** The kind as a word before "test". */
    public String describe() {
        return word;
    }
}
