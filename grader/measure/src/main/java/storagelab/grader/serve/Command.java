package storagelab.grader.serve;

import java.util.Set;

/**
 * A command: what Redis says of it, and what it does.
 *
 * @param face what clients can learn of it
 * @param summary what it does, in a line
 * @param group of commands that it belongs to
 * @param action what it does
 */
record Command(Face face, String summary, String group, Action action) {
    /** What a command needs to know or does, beyond its arguments. */
    enum Trait {
        /** It may write. */
        WRITE,
        /** It reads keys. */
        READONLY,
        /** It may be called before the password is given. */
        NO_AUTH,
        /** It is done at once after MULTI, not queued. */
        NO_MULTI
    }

    /** Which of the arguments are keys. */
    enum Keys {
        NONE(0, 0, 0),
        FIRST(1, 1, 1),
        ALL(1, -1, 1),
        PAIRS(1, -1, 2);

        private final int first;
        private final int last;
        private final int step;

        Keys(int first, int last, int step) {
            this.first = first;
            this.last = last;
            this.step = step;
        }

        int first() {
            return first;
        }

        int last() {
            return last;
        }

        int step() {
            return step;
        }
    }

    /**
     * What clients can learn of a command.
     *
     * @param name in lower case
     * @param arity how many arguments it takes, its name included; negative for at least so many
     * @param keys which of them are keys
     * @param traits what is special about it
     */
    record Face(String name, int arity, Keys keys, Set<Trait> traits) {
        boolean accepts(int count) {
            return arity >= 0 ? count == arity : count >= -arity;
        }

        boolean has(Trait trait) {
            return traits.contains(trait);
        }
    }

    /** What a command does. */
    interface Action {
        /**
         * Executes a request and writes its reply.
         *
         * @throws CommandException if it cannot; what was written of the reply is dropped then
         */
        void execute(Session session, Request request, ReplyWriter reply);
    }

    static Face reading(String name, int arity, Keys keys) {
        return new Face(name, arity, keys, Set.of(Trait.READONLY));
    }

    static Face writing(String name, int arity, Keys keys) {
        return new Face(name, arity, keys, Set.of(Trait.WRITE));
    }

    static Face plain(String name, int arity, Trait... traits) {
        return new Face(name, arity, Keys.NONE, Set.of(traits));
    }
}
