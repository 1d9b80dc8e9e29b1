package storagelab.grader.serve;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/** The commands that a server knows, by their names. */
final class CommandTable {
    private static final int NAME_BYTES_MAX = 16;

    private final Map<String, Command> byName = new TreeMap<>();
    private final Command[] slots = new Command[512]; // of a hash table with linear probing
    private String group = "";

    /** What is added from now on belongs to the group {@code name}. */
    CommandTable group(String name) {
        group = name;
        return this;
    }

    CommandTable add(Command.Face face, String summary, Command.Action action) {
        Command command = new Command(face, summary, group, action);
        if (face.name().length() > NAME_BYTES_MAX || byName.put(face.name(), command) != null) {
            throw new AssertionError("the name " + face.name() + " is too long, or there are two such commands");
        }
        int slot = slot(Slice.utf8(face.name()));
        while (slots[slot] != null) {
            slot = (slot + 1) % slots.length;
        }
        slots[slot] = command;
        return this;
    }

    /** The command with a name in letters of either case; null if there is none. No string is made for that. */
    @Nullable
    Command find(Slice name) {
        if (name.length() > NAME_BYTES_MAX) {
            return null;
        }
        int slot = slot(name);
        while (true) {
            Command command = slots[slot];
            if (command == null || isNamed(command.face().name(), name)) {
                return command;
            }
            slot = (slot + 1) % slots.length;
        }
    }

    private int slot(Slice name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = 31 * hash + lower(name.byteAt(i));
        }
        return (hash >>> 1) % slots.length;
    }

    private static boolean isNamed(String lowerCase, Slice name) {
        if (lowerCase.length() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (lowerCase.charAt(i) != lower(name.byteAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte one) {
        return one >= 'A' && one <= 'Z' ? one + ('a' - 'A') : one;
    }

    /** All commands in the order of their names. */
    Collection<Command> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
