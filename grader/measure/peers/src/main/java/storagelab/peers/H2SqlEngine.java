package storagelab.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import storagelab.grader.bench.engine.EngineSettings;

/**
 * H2 by SQL, in this process. It writes to its file by itself, at the latest half a second after a commit; a killed process loses
 * what came after. Synced, every commit is written at once.
 */
public final class H2SqlEngine extends SqlEngine {
    private static final int BYTES_A_KIBIBYTE = 1 << 10;

    @Override
    Connection connect(Path place, EngineSettings how) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:h2:file:"
                + place.resolve("records").toAbsolutePath() + ";CACHE_SIZE="
                + how.cacheBytes() / BYTES_A_KIBIBYTE + ";LOCK_TIMEOUT=60000"
                + (how.isSynced() ? ";WRITE_DELAY=0" : ""));
        return connection;
    }

    @Override
    String createTable() {
        return "CREATE TABLE IF NOT EXISTS records (k VARBINARY(64) PRIMARY KEY, v VARBINARY(4096))";
    }

    @Override
    String upsert() {
        return "MERGE INTO records KEY (k) VALUES (?, ?)";
    }

    @Override
    String selectForUpdate() {
        return "SELECT v FROM records WHERE k = ? FOR UPDATE";
    }

    @Override
    String checkpointStatement() {
        return "CHECKPOINT SYNC";
    }

    @Override
    boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState());
    }
}
