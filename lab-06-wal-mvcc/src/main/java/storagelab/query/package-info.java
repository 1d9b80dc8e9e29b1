/** Relations over keys and values: typed columns, keys whose bytes have the order of the rows, and statistics. */
@NullMarked
package storagelab.query;

import org.jspecify.annotations.NullMarked;
