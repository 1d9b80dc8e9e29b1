/** A cache between a program and its engines: what it keeps, and what it has to write. */
@NullMarked
package storagelab.writeback;

import org.jspecify.annotations.NullMarked;
