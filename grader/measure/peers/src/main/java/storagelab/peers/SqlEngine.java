package storagelab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.TransactionalEngine;

/** A table of keys and values in a SQL database in this process: a connection and its prepared statements for each thread. */
abstract class SqlEngine implements TransactionalEngine {
    private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<@Nullable Session> session = new ThreadLocal<>();
    private @Nullable Path directory;
    private @Nullable EngineSettings settings;

    /** A new connection to the database in {@code place}. */
    abstract Connection connect(Path place, EngineSettings how) throws SQLException;

    /** The statement that creates the table. */
    abstract String createTable();

    /** The statement that puts a record. */
    abstract String upsert();

    /** What reads a record that the transaction will write. */
    abstract String selectForUpdate();

    /** The statement that writes everything to the files of the database. */
    abstract String checkpointStatement();

    /** What is thrown when a transaction is to be run again. */
    abstract boolean isConflict(SQLException e);

    /** The connection of a thread. */
    private final class Session {
        private final Connection connection;
        private final PreparedStatement put;
        private final PreparedStatement get;
        private final PreparedStatement getForUpdate;
        private final PreparedStatement update;
        private final PreparedStatement scan;

        Session(Connection connection) throws SQLException {
            this.connection = connection;
            put = connection.prepareStatement(upsert());
            get = connection.prepareStatement("SELECT v FROM records WHERE k = ?");
            getForUpdate = connection.prepareStatement(selectForUpdate());
            update = connection.prepareStatement("UPDATE records SET v = ? WHERE k = ?");
            scan = connection.prepareStatement("SELECT k, v FROM records WHERE k >= ? ORDER BY k LIMIT ?");
        }

        void put(byte[] key, byte[] value) throws SQLException {
            put.setBytes(1, key);
            put.setBytes(2, value);
            int unused = put.executeUpdate();
        }

        private @Nullable Slice find(PreparedStatement statement, byte[] key) throws SQLException {
            statement.setBytes(1, key);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Slice.wrap(found.getBytes(1)) : null;
            }
        }

        void begin() throws SQLException {
            connection.setAutoCommit(false);
        }

        void commit() throws SQLException {
            connection.commit();
            connection.setAutoCommit(true);
        }

        void rollback() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Session session() throws SQLException {
        Session mine = session.get();
        if (mine == null) {
            if (directory == null || settings == null) {
                throw new IllegalStateException("not open");
            }
            mine = new Session(connect(directory, settings));
            sessions.add(mine);
            session.set(mine);
        }
        return mine;
    }

    @Override
    public void open(Path place, EngineSettings how) throws IOException {
        directory = place;
        settings = how;
        try (Connection first = connect(place, how);
                var statement = first.createStatement()) {
            boolean unused = statement.execute(createTable());
        } catch (SQLException e) {
            throw new IOException(e);
        }
        try {
            Session unused = session();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void bulkLoad(Path place, EngineSettings how, Cursor sorted) throws IOException {
        open(place, how);
        try {
            Session mine = session();
            mine.begin();
            for (; sorted.isValid(); sorted.next()) {
                mine.put(sorted.key().toByteArray(), sorted.value().toByteArray());
            }
            mine.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
        checkpoint();
    }

    @Override
    public void put(byte[] key, byte[] value) throws IOException {
        try {
            session().put(key, value);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) throws IOException {
        try {
            Session mine = session();
            mine.begin();
            for (int i = 0; i < keys.length; i++) {
                mine.put(keys[i], values[i]);
            }
            mine.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) throws IOException {
        try {
            Session mine = session();
            while (!attempt(mine, key, change)) {
                Thread.onSpinWait();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private boolean attempt(Session mine, byte[] key, Function<? super Slice, byte[]> change) throws SQLException {
        mine.begin();
        try {
            Slice value = mine.find(mine.getForUpdate, key);
            if (value == null) {
                throw new SQLException("the record is not there");
            }
            mine.update.setBytes(1, change.apply(value));
            mine.update.setBytes(2, key);
            int unused = mine.update.executeUpdate();
            mine.commit();
            return true;
        } catch (SQLException e) {
            mine.rollback();
            if (isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public @Nullable Slice get(byte[] key) throws IOException {
        try {
            Session mine = session();
            return mine.find(mine.get, key);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) throws IOException {
        try {
            PreparedStatement statement = session().scan;
            statement.setBytes(1, from);
            statement.setInt(2, limit);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    visitor.entry(Slice.wrap(found.getBytes(1)), Slice.wrap(found.getBytes(2)));
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void checkpoint() throws IOException {
        try (var statement = session().connection.createStatement()) {
            boolean unused = statement.execute(checkpointStatement());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public EngineCounters counters() throws IOException {
        if (directory == null) {
            throw new IllegalStateException("not open");
        }
        return EngineCounters.ofFiles(directory);
    }

    @Override
    public void close() throws IOException {
        for (Session each : sessions) {
            try {
                each.connection.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
