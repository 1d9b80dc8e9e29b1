@NullMarked
package storagelab.query.sql;

import org.jspecify.annotations.NullMarked;
