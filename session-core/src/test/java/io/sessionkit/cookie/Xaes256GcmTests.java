package io.sessionkit.cookie;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class Xaes256GcmTests {

	private static final HexFormat HEX = HexFormat.of();

	private static final byte[] NONCE = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII);

	private static final byte[] PLAINTEXT = "XAES-256-GCM".getBytes(US_ASCII);

	private static final byte[] NONE = {};

	@ParameterizedTest(name = "key of {0}s, associated data {1}")
	@CsvSource({ "1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
			"3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d" })
	void computesTheVectorsOfTheSpecification(byte keyByte, String associatedData, String expected) {
		byte[] key = new byte[32];
		Arrays.fill(key, keyByte);
		Xaes256Gcm cipher = Xaes256Gcm.of(key);
		byte[] sealed = seal(cipher, NONCE, PLAINTEXT, associatedData.getBytes(US_ASCII));
		assertThat(HEX.formatHex(sealed, 24, sealed.length)).isEqualTo(expected);
		assertThat(cipher.decrypt(sealed, associatedData.getBytes(US_ASCII), 0)).isEqualTo(PLAINTEXT);
	}

	@Test
	void computesTheAccumulatedVectorOfTheSpecification() {
		Shake128 source = new Shake128();
		Shake128 sum = new Shake128();
		for (int i = 0; i < 10_000; i++) {
			Xaes256Gcm cipher = Xaes256Gcm.of(source.read(32));
			byte[] nonce = source.read(24);
			byte[] plaintext = source.read(source.read(1)[0] & 0xFF);
			byte[] associatedData = source.read(source.read(1)[0] & 0xFF);
			byte[] sealed = seal(cipher, nonce, plaintext, associatedData);
			sum.write(Arrays.copyOfRange(sealed, 24, sealed.length));
			assertThat(Arrays.equals(cipher.decrypt(sealed, associatedData, 0), plaintext)).isTrue();
		}
		assertThat(HEX.formatHex(sum.read(32)))
			.isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
	}

	@Test
	void tinkOpensWhatWeSealAndWeOpenWhatTinkSeals() throws Exception {
		Random random = new Random(42);
		for (int size = 0; size < 4200; size = (size < 70) ? size + 1 : size * 2 - 7) {
			byte[] key = bytes(random, 32);
			byte[] plaintext = bytes(random, size);
			byte[] associatedData = bytes(random, random.nextInt(100));
			Xaes256Gcm ours = Xaes256Gcm.of(key);
			Aead tinks = tink(key);
			assertThat(tinks.decrypt(seal(ours, bytes(random, 24), plaintext, associatedData), associatedData))
				.as("our %d bytes opened by Tink", size)
				.isEqualTo(plaintext);
			assertThat(ours.decrypt(tinks.encrypt(plaintext, associatedData), associatedData, 0))
				.as("Tink's %d bytes opened by us", size)
				.isEqualTo(plaintext);
		}
	}

	@Test
	void anotherKeyOrAssociatedDataOrALengthThatCannotBeOpensNothing() {
		Xaes256Gcm cipher = Xaes256Gcm.of(new byte[32]);
		byte[] sealed = seal(cipher, NONCE, PLAINTEXT, NONE);
		byte[] otherKey = new byte[32];
		otherKey[31] = 1;
		assertThat(Xaes256Gcm.of(otherKey).decrypt(sealed, NONE, 0)).isNull();
		assertThat(cipher.decrypt(sealed, new byte[1], 0)).isNull();
		for (int length = 0; length < sealed.length; length++) {
			assertThat(cipher.decrypt(Arrays.copyOf(sealed, length), NONE, 0)).isNull();
		}
		assertThat(cipher.decrypt(sealed, NONE, 0)).isEqualTo(PLAINTEXT);
	}

	@Test
	void oneCipherServesManyThreads() throws InterruptedException {
		Xaes256Gcm cipher = Xaes256Gcm.of(new byte[32]);
		byte[] expected = seal(cipher, NONCE, PLAINTEXT, NONE);
		int[] wrong = new int[4];
		Thread[] threads = new Thread[wrong.length];
		for (int t = 0; t < threads.length; t++) {
			int thread = t;
			threads[t] = new Thread(() -> {
				for (int i = 0; i < 5000; i++) {
					boolean same = Arrays.equals(seal(cipher, NONCE, PLAINTEXT, NONE), expected)
							&& Arrays.equals(cipher.decrypt(expected, NONE, 0), PLAINTEXT);
					wrong[thread] += same ? 0 : 1;
				}
			});
			threads[t].start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(wrong).containsOnly(0);
	}

	@Test
	void theSelfTestTellsARightAnswerFromAWrongOne() {
		assertThat(Xaes256Gcm.selfTest("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")).isTrue();
		assertThat(Xaes256Gcm.selfTest("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2270")).isFalse();
	}

	private static byte[] seal(Xaes256Gcm cipher, byte[] nonce, byte[] plaintext, byte[] associatedData) {
		byte[] sealed = Arrays.copyOf(nonce, nonce.length + plaintext.length + 16);
		cipher.encrypt(plaintext, associatedData, sealed, 0);
		return sealed;
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	/** A salt of 12 bytes and no prefix is the C2SP layout: nonce, ciphertext, tag. */
	@AccessesPartialKey
	private static Aead tink(byte[] key) throws Exception {
		AeadConfig.register();
		XAesGcmKey tinkKey = XAesGcmKey.create(XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
				SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()), null);
		return KeysetHandle.newBuilder()
			.addEntry(KeysetHandle.importKey(tinkKey).withFixedId(1).makePrimary())
			.build()
			.getPrimitive(RegistryConfiguration.get(), Aead.class);
	}

}
