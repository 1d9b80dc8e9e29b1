/** What the public and the hidden tests of the shape of a tree share. */
@NullMarked
package storagelab.testkit.adaptive;

import org.jspecify.annotations.NullMarked;
