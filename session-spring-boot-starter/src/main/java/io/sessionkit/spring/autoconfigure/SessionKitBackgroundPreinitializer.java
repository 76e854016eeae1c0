package io.sessionkit.spring.autoconfigure;

import java.security.GeneralSecurityException;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.Mac;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Loads what a start and a first request would wait for: the ciphers of the JDK, Jackson
 * and what binds our properties, on the thread that Spring Boot has for it. Nothing of
 * ours that keeps a cipher or a source of randomness, since an application may still
 * register a security provider that it shall come from.
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
