@NullMarked
package storagelab.query.plan;

import org.jspecify.annotations.NullMarked;
