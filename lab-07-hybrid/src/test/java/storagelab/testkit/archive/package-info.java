/** What the tests of the archive share: object stores that fail on cue, and archives so small that a short run has many objects. */
@NullMarked
package storagelab.testkit.archive;

import org.jspecify.annotations.NullMarked;
