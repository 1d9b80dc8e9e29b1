/** Files of fixed pages with checksums, the pool that keeps some of them in memory, and pages with slots. */
@NullMarked
package storagelab.page;

import org.jspecify.annotations.NullMarked;
