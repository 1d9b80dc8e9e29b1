/** A feed of posts, newest first, in pages that neither repeat nor skip. */
@NullMarked
package storagelab.feed;

import org.jspecify.annotations.NullMarked;
