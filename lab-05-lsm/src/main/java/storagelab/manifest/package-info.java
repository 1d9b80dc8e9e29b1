/** Which tables make up a store: versions, the edits between them, and the log of edits on disk. */
@NullMarked
package storagelab.manifest;

import org.jspecify.annotations.NullMarked;
