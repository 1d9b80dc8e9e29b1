/** What the public and the hidden tests of caches share. */
@NullMarked
package storagelab.testkit.writeback;

import org.jspecify.annotations.NullMarked;
