package storagelab.query.plan;

import storagelab.query.SortOrder;

/**
 * A column by which the rows of a result are ordered. Null is before every value where it ascends, and after it where it descends.
 *
 * @param column its place in a row
 * @param order its direction
 */
public record OrderBy(int column, SortOrder order) {}
