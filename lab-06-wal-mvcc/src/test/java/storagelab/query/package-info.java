@NullMarked
package storagelab.query;

import org.jspecify.annotations.NullMarked;
