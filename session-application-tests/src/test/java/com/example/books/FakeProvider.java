package com.example.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An OpenID Connect provider that lets everybody in as ada.
 */
final class FakeProvider implements AutoCloseable {

	private static final String CLIENT = "shop";

	private final HttpServer server;

	private final KeyPair keys;

	private volatile String nonce = "";

	private volatile String header = "{}";

	private final AtomicInteger tokens = new AtomicInteger();

	FakeProvider() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			this.keys = generator.generateKeyPair();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/authorize", this::authorize);
		this.server.createContext("/token", this::token);
		this.server.createContext("/keys", this::keys);
		this.server.start();
	}

	/** How many tokens it gave out. */
	int tokens() {
		return this.tokens.get();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/** What an application needs to know: a login, and a client that is not one. */
	List<String> properties() {
		String provider = "spring.security.oauth2.client.provider.local.";
		List<String> properties = new ArrayList<>(List.of(provider + "authorization-uri=" + url() + "/authorize",
				provider + "token-uri=" + url() + "/token", provider + "jwk-set-uri=" + url() + "/keys"));
		properties.addAll(registration("accounts", "openid", "/login/oauth2/code/accounts"));
		properties.addAll(registration("news", "news", "/authorized/news"));
		return properties;
	}

	private static List<String> registration(String id, String scope, String path) {
		String registration = "spring.security.oauth2.client.registration." + id + ".";
		return List.of(registration + "provider=local", registration + "client-id=" + CLIENT,
				registration + "client-secret=secret", registration + "scope=" + scope,
				registration + "authorization-grant-type=authorization_code",
				registration + "redirect-uri={baseUrl}" + path);
	}

	private void authorize(HttpExchange exchange) throws IOException {
		UriComponents asked = UriComponentsBuilder.fromUri(exchange.getRequestURI()).build();
		this.nonce = String.valueOf(asked.getQueryParams().getFirst("nonce"));
		String back = URLDecoder.decode(String.valueOf(asked.getQueryParams().getFirst("redirect_uri")), UTF_8);
		exchange.getResponseHeaders()
			.add("Location", back + "?code=c0de&state=" + asked.getQueryParams().getFirst("state"));
		exchange.sendResponseHeaders(302, -1);
		exchange.close();
	}

	private void token(HttpExchange exchange) throws IOException {
		this.tokens.incrementAndGet();
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.issuer(url())
			.subject("ada")
			.audience(List.of(CLIENT))
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofMinutes(5)))
			.claim("nonce", URLDecoder.decode(this.nonce, UTF_8))
			.claim("rate", 1.5)
			.claim("number", 4_000_000_000L)
			.claim("address", Map.of("country", "DE", "lines", List.of("a", "b")))
			.build();
		String token = signed(claims);
		answer(exchange,
				"{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"" + token + "\"}");
	}

	private String signed(JwtClaimsSet claims) {
		String token = NimbusJwtEncoder.withKeyPair(publicKey(), (RSAPrivateKey) this.keys.getPrivate())
			.build()
			.encode(JwtEncoderParameters.from(claims))
			.getTokenValue();
		this.header = new String(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), UTF_8);
		return token;
	}

	private void keys(HttpExchange exchange) throws IOException {
		Object id = JsonParserFactory.getJsonParser().parseMap(this.header).get("kid");
		answer(exchange, "{\"keys\":[{\"kid\":\"" + id + "\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\""
				+ base64(publicKey().getModulus()) + "\",\"e\":\"" + base64(publicKey().getPublicExponent()) + "\"}]}");
	}

	private RSAPublicKey publicKey() {
		return (RSAPublicKey) this.keys.getPublic();
	}

	private static String base64(BigInteger number) {
		byte[] bytes = number.toByteArray();
		int sign = (bytes[0] == 0) ? 1 : 0;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
