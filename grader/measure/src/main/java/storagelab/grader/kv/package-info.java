/**
 * The shell of a store, {@code lab kv}: finds out what kind of store is in a directory, and runs commands on it, one or a session
 * of them.
 */
@NullMarked
package storagelab.grader.kv;

import org.jspecify.annotations.NullMarked;
