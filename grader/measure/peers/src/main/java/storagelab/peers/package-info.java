/** Engines of others, set up as somebody who uses them from Java would, for {@code lab bench --against peers}. */
@NullMarked
package storagelab.peers;

import org.jspecify.annotations.NullMarked;
