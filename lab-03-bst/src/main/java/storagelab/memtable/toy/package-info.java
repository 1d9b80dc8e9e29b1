/** The snapshot that one would write first. */
@NullMarked
package storagelab.memtable.toy;

import org.jspecify.annotations.NullMarked;
