/** A log of records in LevelDB's framing: blocks of 32 KiB in which reading can begin again after damage. */
@NullMarked
package storagelab.log;

import org.jspecify.annotations.NullMarked;
