package storagelab.grader.collect;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one submission, still where they came from.
 *
 * @param items in the order of their paths
 * @param notes what a person should know about where they came from
 * @param opened what is closed with it
 */
public record Bundle(List<Item> items, List<String> notes, List<FileTree> opened) implements Closeable {
    public Bundle {
        items = List.copyOf(items);
        notes = List.copyOf(notes);
        opened = List.copyOf(opened);
    }

    /**
     * One file.
     *
     * @param tree where it is
     * @param entry which it is there
     * @param path which it is in the submission
     */
    public record Item(FileTree tree, FileTree.Entry entry, String path) {
        /** The last part of the path. */
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        byte[] read(int bytesMax) throws IOException {
            return tree.read(entry, bytesMax);
        }
    }

    /** All files of a tree, which is closed with the bundle. */
    static Bundle of(FileTree tree) {
        return new Bundle(items(tree, ""), notes(tree), List.of(tree));
    }

    /** The files of a tree that stays open, with the paths below {@code prefix}. */
    static Bundle below(FileTree tree, String prefix) {
        return new Bundle(items(tree, prefix), List.of(), List.of());
    }

    private static List<Item> items(FileTree tree, String prefix) {
        List<Item> items = new ArrayList<>();
        for (FileTree.Entry entry : tree.entries()) {
            if (entry.path().startsWith(prefix)) {
                items.add(new Item(tree, entry, entry.path().substring(prefix.length())));
            }
        }
        return items;
    }

    private static List<String> notes(FileTree tree) {
        return tree.refused().stream()
                .map(what -> "left out of the archive: " + what)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (FileTree tree : opened) {
            tree.close();
        }
    }
}
