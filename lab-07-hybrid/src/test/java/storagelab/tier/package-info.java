/** Tests of the cache between a program and its engines. */
@NullMarked
package storagelab.tier;

import org.jspecify.annotations.NullMarked;
