package storagelab.btree;

/**
 * The tree as it was published last: all that a reader has to know to begin.
 *
 * @param root where it begins; {@link PageSource#NO_PAGE} if there are no entries
 * @param version number of the change that published it; pages that were made in it carry it as their {@code born}
 */
public record TreeState(int root, long version) {}
