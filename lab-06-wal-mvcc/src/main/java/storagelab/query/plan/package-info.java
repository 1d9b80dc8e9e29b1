/** Queries of one relation: conditions, plans, the planner that chooses among them, their execution, and what it tells of them. */
@NullMarked
package storagelab.query.plan;

import org.jspecify.annotations.NullMarked;
