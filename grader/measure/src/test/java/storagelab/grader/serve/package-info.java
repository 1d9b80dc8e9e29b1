@NullMarked
package storagelab.grader.serve;

import org.jspecify.annotations.NullMarked;
