/** One log for a whole store: numbered segments, positions in them, and how durable a commit is. */
@NullMarked
package storagelab.wal;

import org.jspecify.annotations.NullMarked;
