package storagelab.grader.kv;

/** Names of tables and columns as statements write them. */
final class SqlNames {
    private SqlNames() {}

    /** {@code name} between double quotes if it would be another name, or none, without them. */
    static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
