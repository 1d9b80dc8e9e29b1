/** Tests of the compaction policy that changes with the load. */
@NullMarked
package storagelab.adaptive;

import org.jspecify.annotations.NullMarked;
