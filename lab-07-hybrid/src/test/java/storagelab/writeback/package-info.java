/** Tests of the cache between a program and its engines. */
@NullMarked
package storagelab.writeback;

import org.jspecify.annotations.NullMarked;
