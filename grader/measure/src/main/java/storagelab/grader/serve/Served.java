package storagelab.grader.serve;

import storagelab.api.StorageEngine;
import storagelab.kv.UpdatableStore;

/**
 * The store that a server serves.
 *
 * @param entries is asked and written to
 * @param engine says whether a key or a value is too long; nothing else is asked of it
 * @param codec what its values are
 */
record Served(UpdatableStore entries, StorageEngine engine, ValueCodec codec) {}
