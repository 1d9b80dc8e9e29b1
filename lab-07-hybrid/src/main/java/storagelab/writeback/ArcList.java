package storagelab.writeback;

/** The lists of an {@link ArcCache}. */
public enum ArcList {
    /** Pages in memory that were used once (T1 in the paper). */
    RECENT,
    /** Pages in memory that were used at least twice (T2). */
    FREQUENT,
    /** Numbers of pages that left {@link #RECENT} (B1). */
    RECENT_GHOST,
    /** Numbers of pages that left {@link #FREQUENT} (B2). */
    FREQUENT_GHOST
}
