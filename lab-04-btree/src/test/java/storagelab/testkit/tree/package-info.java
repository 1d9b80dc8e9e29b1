/** What the tests of lab 4 share, public and hidden: pages that watch their use, trees that were made by hand, a model. */
@NullMarked
package storagelab.testkit.tree;

import org.jspecify.annotations.NullMarked;
