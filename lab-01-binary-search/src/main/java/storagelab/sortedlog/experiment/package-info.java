/** The experiments of lab 1: each failure of the toy, and the same load on the sorted log store. */
@NullMarked
package storagelab.sortedlog.experiment;

import org.jspecify.annotations.NullMarked;
