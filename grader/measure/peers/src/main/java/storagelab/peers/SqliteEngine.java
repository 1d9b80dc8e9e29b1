package storagelab.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import storagelab.grader.bench.engine.EngineSettings;

/** SQLite by SQL, in this process: a write-ahead log, synced at each commit only if puts have to be durable. */
public final class SqliteEngine extends SqlEngine {
    private static final int BYTES_A_KIBIBYTE = 1 << 10;
    private static final int WAIT_MILLIS = 60_000;

    @Override
    Connection connect(Path place, EngineSettings how) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(how.isSynced() ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.OFF);
        config.setCacheSize((int) -(how.cacheBytes() / BYTES_A_KIBIBYTE)); // negative: in KiB
        config.setBusyTimeout(WAIT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config.createConnection("jdbc:sqlite:" + place.resolve("records.db"));
    }

    @Override
    String createTable() {
        return "CREATE TABLE IF NOT EXISTS records (k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID";
    }

    @Override
    String upsert() {
        return "INSERT OR REPLACE INTO records VALUES (?, ?)";
    }

    @Override
    String selectForUpdate() {
        return "SELECT v FROM records WHERE k = ?";
    }

    @Override
    String checkpointStatement() {
        return "PRAGMA wal_checkpoint(TRUNCATE)";
    }

    @Override
    boolean isConflict(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code;
    }
}
