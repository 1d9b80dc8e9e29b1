package storagelab.grader.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.LabException;

/** How {@code serve} is called; what it serves is tested where the server is. */
class KvServeTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "serve refuses an address that others reach without a password, a kind without a log, and a session; it makes nothing")
    void refused() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said open = kv.call("db", "serve", "--host", "0.0.0.0");
        assertThat(open.exit(), is(LabException.USAGE));
        assertThat(open.err(), containsString("Others reach the address 0.0.0.0, and there is no password."));
        KvCalls.Said kind = kv.call("db", "serve", "--engine", "leveldb");
        assertThat(kind.exit(), is(LabException.USAGE));
        assertThat(kind.err(), containsString("A server needs a store of the kind btree, lsm or hybrid"));
        KvCalls.Said session = kv.type("serve --port 0\nexit\n", "db");
        assertThat(session.out(), containsString("A server is a call of its own"));
        assertThat(Files.exists(directory.resolve("db")), is(false));
    }
}
