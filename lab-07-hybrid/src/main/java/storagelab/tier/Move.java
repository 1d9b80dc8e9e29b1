package storagelab.tier;

import storagelab.api.KeyRange;

/**
 * A move of keys to a tier, which has begun and not ended. Those of its keys that are on the tier already stay there.
 *
 * @param range the keys
 * @param to the id of the tier
 */
public record Move(KeyRange range, String to) {}
