/** Immutable sorted tables in LevelDB's file format: internal keys, blocks, and files of blocks. */
@NullMarked
package storagelab.sstable;

import org.jspecify.annotations.NullMarked;
