/**
 * What every store does with its files: append, read, sync and delete them, make their names durable, lock the directory,
 * and count all of it.
 */
@NullMarked
package storagelab.file;

import org.jspecify.annotations.NullMarked;
