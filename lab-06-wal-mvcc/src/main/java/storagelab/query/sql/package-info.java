/** A small part of SQL over the relations of a database. */
@NullMarked
package storagelab.query.sql;

import org.jspecify.annotations.NullMarked;
