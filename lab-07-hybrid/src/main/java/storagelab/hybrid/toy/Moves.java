package storagelab.hybrid.toy;

/**
 * How many keys a {@link SimpleHybridEngine} has moved with their values.
 *
 * @param promotions to the hot engine
 * @param demotions back to the cold one
 */
public record Moves(long promotions, long demotions) {}
