@NullMarked
package storagelab.grader.kv;

import org.jspecify.annotations.NullMarked;
