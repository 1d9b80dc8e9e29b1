/** A tier for what is hardly read any more: an engine over an object store, whose requests cost money. */
@NullMarked
package storagelab.archive;

import org.jspecify.annotations.NullMarked;
