package storagelab.grader.bench.peers;

/**
 * An engine that can be compared.
 *
 * @param name on the command line and in tables
 * @param type name of its class
 * @param origin who wrote it
 * @param words what it is, and what it keeps when its process is killed
 */
public record EngineSpec(String name, String type, Origin origin, String words) {
    /** Who wrote an engine. */
    public enum Origin {
        /** The labs. */
        LAB,
        /** Others; it needs their libraries. */
        PEER,
        /** The JDK; it stores nothing. */
        JDK
    }
}
