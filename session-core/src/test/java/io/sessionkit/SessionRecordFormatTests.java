package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;

import ch.qos.logback.classic.Level;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The one form in which files and Redis keep a record. */
class SessionRecordFormatTests {

	private static final String KEY = "Zx8cVb7nM6aSdF5gHj4kLqWe3rTy2uIo0123456789-";

	private static final SessionRecord RECORD = new SessionRecord(7, Instant.ofEpochSecond(1_800_000_000),
			bytes("[{\"a\":1},{}]"), true);

	/** Frozen: what is stored today must be readable by every later version. */
	@Test
	void theFormIsALineOfTextAndTheBody() {
		assertThat(text(SessionRecordFormat.write(RECORD)))
			.isEqualTo("sessionkit1 7 1800000000000 4e684a4b\n[{\"a\":1},{}]");
		assertThat(text(SessionRecordFormat.write(new SessionRecord(1, Instant.EPOCH, new byte[0]))))
			.isEqualTo("sessionkit1 1 0 2681d9a4\n");
	}

	@Property
	void everyRecordIsReadAsItWasWritten(@ForAll @LongRange(min = 1) long version,
			@ForAll @LongRange(min = -1L << 45, max = 1L << 50) long expires, @ForAll @Size(max = 200) byte[] body) {
		SessionRecord record = new SessionRecord(version, Instant.ofEpochMilli(expires), body);
		assertThat(SessionRecordFormat.read(KEY, SessionRecordFormat.write(record))).isEqualTo(record);
	}

	@Property(tries = 200)
	void noiseIsNoRecord(@ForAll @Size(max = 100) byte[] noise) {
		assertThat(SessionRecordFormat.read(KEY, noise)).isNull();
	}

	@Test
	void aRecordThatWasCutAnywhereIsNone() {
		byte[] whole = SessionRecordFormat.write(RECORD);
		for (int length = 0; length < whole.length; length++) {
			assertThat(SessionRecordFormat.read(KEY, Arrays.copyOf(whole, length))).as("%d bytes", length).isNull();
		}
	}

	@Test
	void aRecordWithAnyBitFlippedIsNone() {
		byte[] whole = SessionRecordFormat.write(RECORD);
		for (int bit = 0; bit < whole.length * 8; bit++) {
			byte[] flipped = whole.clone();
			flipped[bit / 8] ^= (byte) (1 << bit % 8);
			assertThat(SessionRecordFormat.read(KEY, flipped)).as("bit %d", bit).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sessionkit2 1 0 00000000\n", "sessionkit1 0 0 00000000\n", "sessionkit1 x 0 00000000\n",
			"sessionkit1 1 x 00000000\n", "sessionkit1 1 0\n", "sessionkit1 1 0 00000000 -\n" })
	void aHeaderOfAnotherVersionOrWithWrongPartsIsNoRecordEvenWithTheRightSum(String header) {
		assertThat(SessionRecordFormat.read(KEY, withRightSum(header))).isNull();
	}

	@Test
	void aWarningShowsTheBeginningOfTheKeyAndNothingElse() {
		try (CapturedLog log = new CapturedLog()) {
			SessionRecordFormat.read(KEY, bytes("secret"));
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("Zx8cVb7n...")
				.doesNotContain(KEY.substring(0, 9))
				.doesNotContain("secret");
		}
	}

	private static byte[] withRightSum(String header) {
		int at = header.indexOf("00000000");
		if (at < 0) {
			return bytes(header);
		}
		String summed = header.substring(0, at - 1);
		CRC32C sum = new CRC32C();
		sum.update(bytes(summed));
		return bytes(header.replace("00000000", "%08x".formatted(sum.getValue())));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
