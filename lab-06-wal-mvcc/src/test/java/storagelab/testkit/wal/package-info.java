/** What tests of write-ahead logs share: histories that are known, and segments written by hand. */
@NullMarked
package storagelab.testkit.wal;

import org.jspecify.annotations.NullMarked;
