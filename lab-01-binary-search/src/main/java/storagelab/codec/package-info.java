/** Bytes on disk: fixed-width and variable-length integers, checksums. */
@NullMarked
package storagelab.codec;

import org.jspecify.annotations.NullMarked;
