@NullMarked
package storagelab.feed;

import org.jspecify.annotations.NullMarked;
