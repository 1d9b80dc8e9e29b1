/** What the public and the hidden tests of lab 5 share. */
@NullMarked
package storagelab.testkit.lsm;

import org.jspecify.annotations.NullMarked;
