package storagelab.grader.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.LabException;

@DisplayName("The report of an audit")
class AuditReportTest {
    @Test
    @DisplayName("holds if every check does, and ends with the counts")
    void countsAndHolds() {
        AuditReport report = new AuditReport(2, 1, false, List.of(row("zoo", List.of()), row("mutants", List.of())));

        assertTrue(report.holds());
        assertEquals("2 exercises, 6 zoo caught, 0 flakes", report.countsWords());
        assertEquals("The course holds.", report.verdictWords());
    }

    @Test
    @DisplayName("names the checks that do not hold and prints each finding on a line of its own")
    void namesFailures() {
        AuditReport.Row failed = row("zoo", List.of("1.1 Overflow is wrong", "1.2 Eager is wrong"));
        AuditReport report = new AuditReport(2, 1, false, List.of(row("reference", List.of()), failed));

        assertFalse(report.holds());
        assertEquals("The course does not hold: zoo.", report.verdictWords());
        assertEquals(3, failed.describe().lines().count());
        assertTrue(failed.describe().startsWith("FAILS zoo"));
    }

    @Test
    @DisplayName("has a check for each part of the proof, chosen by name")
    void choosesChecks() {
        assertEquals(Audit.names().size(), Audit.checks(Set.of(), Set.of()).size());
        assertEquals("zoo", Audit.checks(Set.of("zoo"), Set.of()).get(0).name());
        assertThrows(LabException.class, () -> Audit.checks(Set.of("zebra"), Set.of()));
        assertEquals(
                Audit.names().size() - 1, Audit.checks(Set.of(), Set.of("zoo")).size());
        assertThrows(LabException.class, () -> Audit.checks(Set.of("zoo"), Set.of("zoo")));
        assertThrows(LabException.class, () -> Audit.checks(Set.of(), Set.of("zebra")));
    }

    private static AuditReport.Row row(String name, List<String> findings) {
        AuditCheck check = Audit.checks(Set.of(name), Set.of()).get(0);
        CheckResult.Builder result = CheckResult.of(check);
        result.count(Count.ZOO_CAUGHT, 3);
        result.count(Count.FLAKES, 0);
        findings.forEach(result::finding);
        return AuditReport.Row.of(result.build(), 10);
    }
}
