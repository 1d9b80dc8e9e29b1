package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** Only lines made with the key are genuine. */
class EventSignerTest {
    private static EventSigner signer(int firstByte) {
        byte[] key = new byte[EventSigner.KEY_BYTES];
        key[0] = (byte) firstByte;
        EventSigner signer = new EventSigner();
        signer.takeKey(key);
        return signer;
    }

    private static final String LINE = signer(1).line(3, new Event(Event.Type.END, new byte[] {1, 2, 3}));

    @Test
    void sameKeyRecognisesTheLine() {
        assertThat(signer(1).isGenuine(LINE), is(true));
    }

    @Test
    void anotherKeyDoesNot() {
        assertThat(signer(2).isGenuine(LINE), is(false));
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        for (int i = 0; i < LINE.length(); i++) {
            String changed = LINE.substring(0, i) + (LINE.charAt(i) == 'A' ? 'B' : 'A') + LINE.substring(i + 1);
            assertThat("changed at " + i + ": " + changed, signer(1).isGenuine(changed), is(false));
        }
    }

    @Test
    void shortenedLinesAreNotGenuine() {
        for (int length = 0; length < LINE.length(); length++) {
            String cut = LINE.substring(0, length);
            assertThat(cut, signer(1).isGenuine(cut), is(false));
        }
    }

    @Test
    void keyIsWipedWhereItCameFrom() {
        byte[] key = new byte[EventSigner.KEY_BYTES];
        key[5] = 9;
        new EventSigner().takeKey(key);

        assertThat(key[5], is((byte) 0));
    }
}
