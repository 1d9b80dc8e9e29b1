/** What the public and the hidden tests of relations and statistics share. */
@NullMarked
package storagelab.testkit.query;

import org.jspecify.annotations.NullMarked;
