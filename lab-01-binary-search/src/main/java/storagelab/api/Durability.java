package storagelab.api;

/** What a write has survived by the time the call returns. */
public enum Durability {
    /**
     * In the operating system's hands. A killed process loses nothing; a power cut may lose the newest such writes,
     * never one from the middle: what survives is a prefix of what was acknowledged.
     */
    BUFFERED,
    /** On the disk: a power cut loses neither this write nor any before it. */
    SYNCED
}
