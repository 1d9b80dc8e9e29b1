package storagelab.recovery;

/** What the values of a store are in its files. It is decided when the store is created. The names are in files and never change. */
public enum StoredValues {
    /** The bytes that were put. */
    PLAIN,

    /** Each value has its expiry before it, see {@code storagelab.kv.ExpiringStore}. */
    EXPIRING
}
