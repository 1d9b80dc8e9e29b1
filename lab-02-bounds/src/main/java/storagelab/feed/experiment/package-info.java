/** The experiments about feeds: the first versions of them, and the ones that hold, under the same load. */
@NullMarked
package storagelab.feed.experiment;

import org.jspecify.annotations.NullMarked;
