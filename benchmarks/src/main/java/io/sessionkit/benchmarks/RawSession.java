package io.sessionkit.benchmarks;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The least that a session in an encrypted cookie can be: a map, Jackson, XAES-256-GCM
 * and base64url. It has no expiry, no key rotation, no limits and no change log.
 */
final class RawSession {

	private static final byte[] ASSOCIATED_DATA = SampleSession.COOKIE.getBytes(US_ASCII);

	private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
	};

	private final JsonMapper mapper = JsonMapper.shared();

	private final RawXaes xaes;

	RawSession() {
		RawXaes.check();
		this.xaes = new RawXaes(Arrays.copyOf(SampleSession.SECRET.getBytes(US_ASCII), 32));
	}

	Map<String, Object> open(String cookie) {
		return jsonRead(xaesOpen(Base64.getUrlDecoder().decode(cookie)));
	}

	String seal(Map<String, Object> values) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(xaesSeal(jsonWrite(values)));
	}

	byte[] xaesOpen(byte[] sealed) {
		return this.xaes.open(sealed, ASSOCIATED_DATA);
	}

	byte[] xaesSeal(byte[] plaintext) {
		return this.xaes.seal(plaintext, ASSOCIATED_DATA);
	}

	Map<String, Object> jsonRead(byte[] json) {
		return this.mapper.readValue(json, MAP);
	}

	byte[] jsonWrite(Map<String, Object> values) {
		return this.mapper.writeValueAsBytes(values);
	}

}
