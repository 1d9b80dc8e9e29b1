/** Feeds as one writes them first. */
@NullMarked
package storagelab.feed.toy;

import org.jspecify.annotations.NullMarked;
