/** Which tables to merge and when, and how to merge them without losing or reviving anything. */
@NullMarked
package storagelab.compaction;

import org.jspecify.annotations.NullMarked;
