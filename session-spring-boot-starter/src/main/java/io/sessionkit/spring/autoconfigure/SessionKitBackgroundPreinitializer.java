package io.sessionkit.spring.autoconfigure;

import java.security.GeneralSecurityException;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.Mac;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Loads classes in Spring Boot's background thread that startup and the first request
 * would wait for: the ciphers of the JDK, Jackson, and the binding of properties. It does
 * not load classes of ours that keep a cipher or a source of randomness, since the
 * application may still register a security provider that is to be used for these.
 */
final class SessionKitBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() throws GeneralSecurityException {
		Mac.getInstance("HmacSHA256");
		Cipher.getInstance("AES/GCM/NoPadding");
		JsonMapper mapper = JsonMapper.builder().build();
		mapper.writeValueAsBytes(mapper.readTree("{\"key\":[1,null]}"));
		new Binder(List.of()).bindOrCreate("sessionkit", SessionKitProperties.class);
	}

}
