/** What the public and the hidden tests of lab 6 share. */
@NullMarked
package storagelab.testkit.kv;

import org.jspecify.annotations.NullMarked;
