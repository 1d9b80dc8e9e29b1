/** An engine behind a log: recovery after a crash, checkpoints, and the store that both make. */
@NullMarked
package storagelab.recovery;

import org.jspecify.annotations.NullMarked;
