package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of the sandbox as an ordinary user, when root runs the tests. */
class OrdinaryUserTest {
    @Test
    void theSandboxHoldsForAnOrdinaryUser() throws Exception {
        assumeTrue(OrdinaryUser.isNeeded(), "this is an ordinary user, who runs PrivateRootTest itself");
        try (OrdinaryUser user = OrdinaryUser.create()) {
            OrdinaryUser.Said said =
                    user.java(List.of(TestRunner.class.getName(), PrivateRootTest.class.getName()), List.of());

            assertThat(said.output(), said.exitCode(), is(0));
        }
    }
}
