package storagelab.grader.kv;

/** Numbers of things in sentences. */
final class Counted {
    private Counted() {}

    /** {@code 1 entry}, {@code 2,000 entries}. */
    static String of(long count, String one) {
        String many = one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
        return "%,d %s".formatted(count, count == 1 ? one : many);
    }
}
