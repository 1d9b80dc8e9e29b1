/** What is measured of lab 5: filters, blocks, tables, the cache, merges, and the store. */
@NullMarked
package storagelab.grader.bench.lab05;

import org.jspecify.annotations.NullMarked;
