/** Engines, stores and loads that the public and the hidden tests of hybrid stores share. */
@NullMarked
package storagelab.testkit.hybrid;

import org.jspecify.annotations.NullMarked;
