/** Stores and contracts that tests of labs 6 and 7 share. */
@NullMarked
package storagelab.testkit.recovery;

import org.jspecify.annotations.NullMarked;
