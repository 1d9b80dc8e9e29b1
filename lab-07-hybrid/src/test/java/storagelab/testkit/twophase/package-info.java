/** Participants that stay away, and two stores with one coordinator. */
@NullMarked
package storagelab.testkit.twophase;

import org.jspecify.annotations.NullMarked;
