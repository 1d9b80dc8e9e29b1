/** Immutable sorted tables in LevelDB's file format: internal keys, blocks, and files of blocks. */
@NullMarked
package storagelab.table;

import org.jspecify.annotations.NullMarked;
